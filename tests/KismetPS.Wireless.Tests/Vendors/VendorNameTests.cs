using KismetPS.VendorPack;
using Xunit;

namespace KismetPS.Wireless.Tests.Vendors;

public sealed class VendorNameTests
{
    [Theory]
    [InlineData("Apple, Inc.", "Apple")]
    [InlineData("Cisco Systems, Inc", "Cisco Systems")]
    [InlineData("HUAWEI TECHNOLOGIES CO.,LTD", "HUAWEI TECHNOLOGIES")]
    [InlineData("TP-LINK TECHNOLOGIES CO.,LTD.", "TP-LINK TECHNOLOGIES")]
    [InlineData("Hon Hai Precision Ind. Co.,Ltd.", "Hon Hai Precision Ind")]
    [InlineData("PYUNG-HWA IND.CO.,LTD", "PYUNG-HWA IND")]
    [InlineData("GUANGDONG OPPO MOBILE TELECOMMUNICATIONS CORP.,LTD", "GUANGDONG OPPO MOBILE TELECOMMUNICATIONS")]
    [InlineData("Intel Corporate", "Intel")]
    [InlineData("zte corporation", "zte")]
    [InlineData("Aruba, a Hewlett Packard Enterprise Company", "Aruba")]
    [InlineData("Motorola Mobility LLC, a Lenovo Company", "Motorola Mobility")]
    [InlineData("Weidmüller Interface GmbH & Co. KG", "Weidmüller Interface")]
    [InlineData("Getriebebau NORD GmbH and Co. KG", "Getriebebau NORD")]
    [InlineData("ARBURG GmbH&Co.KG", "ARBURG")]
    [InlineData("bioMérieux Italia S.p.A.", "bioMérieux Italia")]
    [InlineData("Lanix Internacional, S.A. de C.V.", "Lanix Internacional")]
    [InlineData("ANDRA Sp. z o. o.", "ANDRA")]
    [InlineData("CDR Sp. z o.o. Sp. k.", "CDR")]
    [InlineData("AEV, spol. s r. o.", "AEV")]
    [InlineData("Ekin Teknoloji San ve Tic A.S.", "Ekin Teknoloji")]
    [InlineData("ALLIED TELESIS K.K.", "ALLIED TELESIS")]
    [InlineData("Advanced technologies & Engineering (pty) Ltd", "Advanced technologies & Engineering")]
    [InlineData("Truecom Telesoft Private Limited", "Truecom Telesoft")]
    [InlineData("Cotas Computer Technology A/B", "Cotas Computer Technology")]
    [InlineData("CommBox P/L", "CommBox")]
    [InlineData("Meiko Maschinenbau GmbH &amp; Co. KG", "Meiko Maschinenbau")]
    [InlineData("3M COMPANY", "3M")]
    public void LegalFormGoes(string registered, string name) => Assert.Equal(name, VendorName.Shorten(registered));

    [Theory]
    [InlineData("Texas Instruments")]
    [InlineData("Routerboard.com")]
    [InlineData("CERN")]
    [InlineData("Private")]
    [InlineData("The Boeing Company")]
    [InlineData("A&T")]
    [InlineData("Sequip S+E")]
    [InlineData("LG Electronics (Mobile Communications)")]
    [InlineData("IEEE Registration Authority")]
    [InlineData("Co., Ltd.")]
    [InlineData("Ltd")]
    [InlineData("B&W NUCLEAR SERVICE")]
    [InlineData("Beijing Ereneben Information Technology Co.,Ltd Shenzhen Branch")]
    public void NameThatIsOneStays(string registered) => Assert.Equal(registered, VendorName.Shorten(registered));

    [Theory]
    [InlineData("A AG", "A AG")]
    [InlineData("Krüger &Gothe GmbH", "Krüger &Gothe")]
    [InlineData("杭州德澜科技有限公司（HangZhou Delan Technology Co.,Ltd）", "杭州德澜科技有限公司(HangZhou Delan Technology Co.,Ltd)")]
    [InlineData("Sichuan\u00A0AI-Link\u00A0Technology\u00A0Co.,\u00A0Ltd.", "Sichuan AI-Link Technology")]
    [InlineData("SHENZHEN BILIAN ELECTRONIC CO.，LTD", "SHENZHEN BILIAN ELECTRONIC")]
    [InlineData("\u200BASUNG TECHNO CO.,Ltd", "ASUNG TECHNO")]
    [InlineData("Gilbarco Veeder-Root  \u200E", "Gilbarco Veeder-Root")]
    [InlineData(" Wingtech Group (HongKong）Limited", "Wingtech Group (HongKong)Limited")]
    [InlineData("UAB &quot;SALDA&quot;", "UAB \"SALDA\"")]
    [InlineData("tab\tand\u0007bell\u001B[31m Inc.", "tab and bell [31m")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void OddTextIsTidied(string registered, string name) => Assert.Equal(name, VendorName.Shorten(registered));

    [Fact]
    public void ShortNamesStayAsTheyAre()
    {
        foreach (string name in new[] { "Apple", "HUAWEI TECHNOLOGIES", "Hon Hai Precision Ind", "Weidmüller Interface", "Aruba" })
        {
            Assert.Equal(name, VendorName.Shorten(name));
        }
    }
}
