using System.IO.Compression;
using KismetPS.TestKit;
using KismetPS.VendorPack;
using KismetPS.Wireless.Vendors;
using Xunit;

namespace KismetPS.Wireless.Tests.Vendors;

/// <summary>The registry that ships.</summary>
public sealed class VendorRegistryTests
{
    // One of each size, checked by hand against the IEEE's lists: MA-L, MA-M, MA-S, IAB.
    [Theory]
    [InlineData("00:0C:42:1F:65:E9", "Routerboard.com")]
    [InlineData("00:17:F2:01:02:03", "Apple")]
    [InlineData("00:40:96:01:02:03", "Cisco Systems")]
    [InlineData("20:85:93:BF:FF:FF", "IOG Products")]
    [InlineData("70:B3:D5:F2:F1:23", "TELEPLATFORMS")]
    [InlineData("00:50:C2:7D:5A:BC", "DEUTA-WERKE")]
    [InlineData("40:D8:55:1A:10:00", "KRONOTECH")]
    public void KnownBlocks(string address, string name) => Assert.Equal(name, VendorRegistry.Lookup(MacAddress.Parse(address)));

    [Theory]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("FF:FF:FF:FF:FF:FF")]
    [InlineData("01:00:5E:00:00:01")]
    [InlineData("01:0C:42:1F:65:E9")]
    [InlineData("02:0C:42:1F:65:E9")]
    [InlineData("02:60:8C:01:02:03")]
    [InlineData("AA:00:04:01:02:03")]
    [InlineData("FC:FF:FF:FF:FF:FF")]
    public void AddressesWithoutVendor(string address) => Assert.Null(VendorRegistry.Lookup(MacAddress.Parse(address)));

    [Fact]
    public void OneStringPerNameAndNothingAllocatedTheSecondTime()
    {
        MacAddress first = MacAddress.Parse("00:0C:42:1F:65:E9");
        MacAddress other = MacAddress.Parse("4C:5E:0C:00:00:01");
        string? name = VendorRegistry.Lookup(first);
        Assert.NotNull(name);
        Assert.Same(name, VendorRegistry.Lookup(other));

        MacAddress unknown = MacAddress.Parse("FC:FF:FF:FF:FF:FF");
        VendorRegistry.Lookup(unknown);
        long least = Allocation.Least(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                VendorRegistry.Lookup(first);
                VendorRegistry.Lookup(other);
                VendorRegistry.Lookup(unknown);
            }
        });
        Assert.Equal(0, least);
    }

    /// <summary>Many threads ask a fresh table for the same names: each name is one string for all of them.</summary>
    [Fact]
    public void ThreadsAgreeOnOneString()
    {
        for (int round = 0; round < 5; round++)
        {
            VendorTable table = VendorTable.Load();
            string?[][] found = new string?[4][];
            using Barrier barrier = new(found.Length);
            Thread[] threads =
            [
                .. Enumerable.Range(0, found.Length).Select(i => new Thread(() =>
                {
                    barrier.SignalAndWait();
                    found[i] = [.. Enumerable.Range(0, 500).Select(n => table.Find((ulong)n << 24))];
                })),
            ];
            Array.ForEach(threads, static t => t.Start());
            Array.ForEach(threads, static t => t.Join());
            for (int n = 0; n < 500; n++)
            {
                Assert.All(found, f => Assert.Same(found[0][n], f[n]));
            }

            Assert.Contains("XEROX", found[0]);
        }
    }

    /// <summary>Names reach terminals and tables: one line of printable text each.</summary>
    [Fact]
    public void EveryBlockHasAPrintableName()
    {
        VendorTable table = VendorTable.Load();
        Assert.True(table.BlockCount > 46_000);
        int named = 0;
        for (ulong prefix = 0; prefix < 1 << 24; prefix++)
        {
            // Group and local blocks are not packed.
            if (((prefix >> 16) & 3) == 0 && table.Find(prefix << 24) is { } name)
            {
                named++;
                Assert.InRange(name.Length, 1, 120);
                Assert.Equal(name.Trim(), name);
                Assert.DoesNotContain(name, char.IsControl);
                Assert.DoesNotContain('\uFFFD', name);
            }
        }

        Assert.True(named > 32_000);
    }

    /// <summary>Asking the large blocks first, as is quick, and the smallest first, as is plain, give the same.</summary>
    [Fact]
    public void LargeBlocksFirstGivesTheSame()
    {
        VendorTable table = VendorTable.Load();
        Random random = new(6);
        int named = 0;
        for (uint oui = 0; oui < 1u << 24; oui += (uint)random.Next(1, 8))
        {
            ulong address = ((ulong)oui << 24) | (uint)random.Next(1 << 24);
            string? name = table.Find(address);
            named += name is null ? 0 : 1;
            Assert.Equal(table.FindSmallest(address), name);
        }

        // Those that are divided, throughout.
        foreach (ulong oui in (ulong[])[0x70B3D5, 0x0050C2, 0x40D855, 0x741AE0, 0x8C1F64])
        {
            for (ulong block = 0; block < 4096; block++)
            {
                Assert.Equal(table.FindSmallest((oui << 24) | (block << 12)), table.Find((oui << 24) | (block << 12)));
            }
        }

        Assert.InRange(named, 1000, int.MaxValue);
    }

    /// <summary>Every assignment of the registry it was packed from, first and last address of its block.</summary>
    [RegistryFact]
    public void EveryAssignmentIsFound()
    {
        RegistryEntry[] entries = [.. RegistryFactAttribute.Entries()];
        Dictionary<(int Bits, ulong Prefix), List<string>> names = [];
        foreach (RegistryEntry entry in entries)
        {
            if (!names.TryGetValue((entry.Bits, entry.Prefix), out List<string>? list))
            {
                names.Add((entry.Bits, entry.Prefix), list = []);
            }

            list.Add(VendorName.Shorten(entry.Organization));
        }

        foreach (RegistryEntry entry in entries)
        {
            ulong low = entry.Prefix << (48 - entry.Bits);
            foreach (ulong address in new[] { low, low | ((1UL << (48 - entry.Bits)) - 1) })
            {
                string? expected = null;
                foreach (int bits in new[] { 36, 28, 24 })
                {
                    if (names.TryGetValue((bits, address >> (48 - bits)), out List<string>? found) && found[0] != "IEEE Registration Authority")
                    {
                        expected = string.Join(" / ", found.Distinct().Order(StringComparer.Ordinal));
                        break;
                    }
                }

                MacAddress mac = new(address);
                Assert.Equal(mac.IsGroup || mac.IsLocal || mac.IsZero ? null : expected, VendorRegistry.Lookup(mac));
            }
        }
    }

    /// <summary>Packing the registry again gives the resource that ships; compared unpacked, for runtimes compress each in their way.</summary>
    [RegistryFact]
    public void ResourceIsWhatTheToolWrites()
    {
        using Stream resource = typeof(VendorRegistry).Assembly.GetManifestResourceStream("KismetPS.Wireless.Vendors.vendors.bin")!;
        resource.Position = 13;
        using BrotliStream brotli = new(resource, CompressionMode.Decompress);
        using MemoryStream shipped = new();
        brotli.CopyTo(shipped);
        Assert.Equal(PackedVendors.From(RegistryFactAttribute.Entries()).ToBody(), shipped.ToArray());
    }
}
