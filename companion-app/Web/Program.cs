// Nothing to run: the page calls Backstep.Web.Interop.Page.
