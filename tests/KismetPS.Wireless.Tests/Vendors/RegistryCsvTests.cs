using KismetPS.VendorPack;
using Xunit;

namespace KismetPS.Wireless.Tests.Vendors;

public sealed class RegistryCsvTests
{
    private const string Header = "Registry,Assignment,Organization Name,Organization Address\r\n";

    [Fact]
    public void QuotesCommasAndLineBreaks()
    {
        RegistryEntry[] entries =
        [
            .. RegistryCsv.Read(
                "\uFEFF" + Header
                + "MA-L,002272,American Micro-Fuel Device Corp.,2181 Buchanan Loop\r\n"
                + "MA-M,741AE09,\"Say \"\"Hi\"\", Inc.\",\"1 Road\r\n2 Town\"\n"
                + "IAB,0050C27D5,DEUTA-WERKE GmbH,"),
        ];
        Assert.Equal(
            [new(0x002272, 24, "American Micro-Fuel Device Corp."), new(0x741AE09, 28, "Say \"Hi\", Inc."), new(0x0050C27D5, 36, "DEUTA-WERKE GmbH")],
            entries);
    }

    [Theory]
    [InlineData("Assignment,Registry\n")]
    [InlineData(Header + "MA-L,00227,Short,\n")]
    [InlineData(Header + "MA-L,00227G,No number,\n")]
    [InlineData(Header + "MA-L,002272\n")]
    public void WhatTheIeeeDoesNotWriteIsRefused(string text) => Assert.Throws<InvalidDataException>(() => RegistryCsv.Read(text).ToList());
}
