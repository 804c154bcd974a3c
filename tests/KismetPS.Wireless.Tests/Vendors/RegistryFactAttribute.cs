using System.Globalization;
using KismetPS.VendorPack;
using KismetPS.Wireless.Vendors;
using Xunit;

namespace KismetPS.Wireless.Tests.Vendors;

/// <summary>A test against the IEEE's own lists as Debian's package ieee-data installs them; skipped where they are not or of another day.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RegistryFactAttribute : FactAttribute
{
    private const string Folder = "/usr/share/ieee-data";

    public RegistryFactAttribute()
    {
        string note = Path.Combine(Folder, ".lastupdate");
        if (!File.Exists(note))
        {
            Skip = $"No IEEE registry in {Folder} (Debian package ieee-data).";
            return;
        }

        long seconds = long.Parse(File.ReadAllText(note).Trim(), CultureInfo.InvariantCulture);
        DateOnly date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        Skip = date == VendorRegistry.Date ? null : $"The registry in {Folder} is of {date:yyyy-MM-dd}, the packed one of {VendorRegistry.Date:yyyy-MM-dd}.";
    }

    internal static IEnumerable<RegistryEntry> Entries() => RegistryCsv.FileNames.SelectMany(static name => RegistryCsv.Read(File.ReadAllText(Path.Combine(Folder, name))));
}
