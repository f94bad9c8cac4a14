Console.WriteLine("backstep");
