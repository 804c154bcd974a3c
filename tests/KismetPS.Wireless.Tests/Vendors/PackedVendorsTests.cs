using KismetPS.VendorPack;
using KismetPS.Wireless.Vendors;
using Xunit;

namespace KismetPS.Wireless.Tests.Vendors;

public sealed class PackedVendorsTests
{
    private static readonly DateOnly Date = new(2022, 8, 27);

    private static readonly RegistryEntry[] Entries =
    [
        new(0x000C42, 24, "Routerboard.com"),
        new(0x70B3D5, 24, "IEEE Registration Authority"),
        new(0x70B3D5F2F, 36, "TELEPLATFORMS"),
        new(0x70B3D5719, 36, "2M Technology"),
        new(0x741AE0, 24, "IEEE Registration Authority"),
        new(0x741AE09, 28, "Private"),
        new(0x741AE0A, 28, "Ménage, Inc."),
        new(0x080030, 24, "NETWORK RESEARCH CORPORATION"),
        new(0x080030, 24, "CERN"),
        new(0xFCFFFF, 24, "Routerboard.com"),
        new(0xAA0004, 24, "DIGITAL EQUIPMENT CORPORATION"),
        new(0x111111, 24, "Private"),
        new(0x00A000, 24, " "),
    ];

    [Theory]
    [InlineData("00:0C:42:00:00:00", "Routerboard.com")]
    [InlineData("00:0C:42:FF:FF:FF", "Routerboard.com")]
    [InlineData("FC:FF:FF:00:00:01", "Routerboard.com")]
    [InlineData("70:B3:D5:F2:F0:00", "TELEPLATFORMS")]
    [InlineData("70:B3:D5:F2:FF:FF", "TELEPLATFORMS")]
    [InlineData("70:B3:D5:F2:E0:00", null)]
    [InlineData("70:B3:D5:71:90:00", "2M Technology")]
    [InlineData("74:1A:E0:9F:FF:FF", "Private")]
    [InlineData("74:1A:E0:A0:00:00", "Ménage")]
    [InlineData("74:1A:E0:B0:00:00", null)]
    [InlineData("08:00:30:01:02:03", "CERN / NETWORK RESEARCH")]
    [InlineData("AA:00:04:01:02:03", null)]
    [InlineData("11:11:11:01:02:03", null)]
    [InlineData("00:A0:00:01:02:03", null)]
    [InlineData("00:0C:43:00:00:00", null)]
    [InlineData("00:00:00:00:00:01", null)]
    [InlineData("FF:FF:FF:FF:FF:FF", null)]
    public void PackedAndFound(string address, string? name) => Assert.Equal(name, Table(Entries).Find(MacAddress.Parse(address).Value));

    [Fact]
    public void DateAndCountAreKept()
    {
        VendorTable table = Table(Entries);
        Assert.Equal(Date, table.Date);
        Assert.Equal(7, table.BlockCount);
    }

    [Fact]
    public void OrderOfTheRegistryDoesNotMatter()
    {
        byte[] packed = PackedVendors.From(Entries).ToArray(Date);
        RegistryEntry[] shuffled = [.. Entries];
        new Random(5).Shuffle(shuffled);
        Assert.Equal(packed, PackedVendors.From(shuffled).ToArray(Date));
    }

    [Fact]
    public void EmptyRegistryFindsNothing() => Assert.Null(Table([]).Find(0x000C42_000000));

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void CutFileIsRefused(int length)
    {
        byte[] packed = PackedVendors.From(Entries).ToArray(Date);
        Assert.Throws<InvalidDataException>(() => VendorTable.Load(new MemoryStream(packed, 0, length)));
    }

    [Fact]
    public void OtherVersionIsRefused()
    {
        byte[] packed = PackedVendors.From(Entries).ToArray(Date);
        packed[4] = 2;
        Assert.Throws<InvalidDataException>(() => VendorTable.Load(new MemoryStream(packed)));
    }

    private static VendorTable Table(IEnumerable<RegistryEntry> entries) => VendorTable.Load(new MemoryStream(PackedVendors.From(entries).ToArray(Date)));
}
