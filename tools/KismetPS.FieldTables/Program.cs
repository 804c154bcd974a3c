using KismetPS.FieldTables;

if (args is not [string input, string output])
{
    Console.Error.WriteLine("usage: KismetPS.FieldTables fields-by-release.json FieldTables.g.cs");
    return 2;
}

File.WriteAllText(output, FieldTableSource.Write(File.ReadAllText(input)));
return 0;
