// The page calls Backstep.Web.Interop.Page: there is nothing to run.
return 0;
