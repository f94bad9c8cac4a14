// The browser calls Backstep.WebBench.Bench: there is nothing to run.
return 0;
