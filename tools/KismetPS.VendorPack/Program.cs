using System.Globalization;
using KismetPS.VendorPack;

// Packs the IEEE registries of address blocks into the resource that KismetPS.Wireless carries.
if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine("""
        usage: KismetPS.VendorPack <folder> <output> [yyyy-MM-dd]
          folder   holds the IEEE's oui.csv, mam.csv, oui36.csv and iab.csv
          output   the file to write: src/KismetPS.Wireless/Vendors/vendors.bin
          date     of the registries; taken from the folder's .lastupdate where left out
        """);
    return 2;
}

string folder = args[0];
if (!TryGetDate(folder, args.ElementAtOrDefault(2), out DateOnly date))
{
    Console.Error.WriteLine($"Cannot tell the date of the registries: give one as yyyy-MM-dd ({folder} has no .lastupdate).");
    return 1;
}

List<RegistryEntry> entries = [];
foreach (string name in RegistryCsv.FileNames)
{
    string path = Path.Combine(folder, name);
    if (!File.Exists(path))
    {
        Console.Error.WriteLine($"{path} is missing. Debian's package ieee-data has all four; so has https://standards-oui.ieee.org/.");
        return 1;
    }

    entries.AddRange(RegistryCsv.Read(File.ReadAllText(path)));
}

PackedVendors packed = PackedVendors.From(entries);
byte[] bytes = packed.ToArray(date);
File.WriteAllBytes(args[1], bytes);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{args[1]}: {bytes.Length} bytes, {packed.Names.Count} names, {packed.Blocks(24).Count} + {packed.Blocks(28).Count} + {packed.Blocks(36).Count} blocks of 24, 28 and 36 bits, of {date:yyyy-MM-dd}"));
return 0;

static bool TryGetDate(string folder, string? told, out DateOnly date)
{
    if (told is not null)
    {
        return DateOnly.TryParseExact(told, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    // Debian's package notes when it fetched the registries, in seconds since 1970.
    string note = Path.Combine(folder, ".lastupdate");
    bool known = long.TryParse(File.Exists(note) ? File.ReadAllText(note).Trim() : "", CultureInfo.InvariantCulture, out long seconds);
    date = known ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime) : default;
    return known;
}
