using KismetPS.Samples;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: KismetPS.Samples FOLDER    writes the sample captures into FOLDER");
    return 2;
}

foreach ((string name, byte[] bytes) in SampleFiles.Make())
{
    File.WriteAllBytes(Path.Combine(args[0], name), bytes);
    Console.WriteLine($"{name}: {bytes.Length} bytes");
}

return 0;
