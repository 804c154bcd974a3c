using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class ArchitectureTests
{
    public static TheoryData<string> Projects => [.. Directory.GetFiles(Checkout.At("src"), "*.csproj", SearchOption.AllDirectories).Select(static p => Path.GetFileNameWithoutExtension(p)).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_keeps_the_one_way_order(string project) =>
        Assert.Empty(ProjectRules.Check(project, File.ReadAllText(Checkout.At("src", project, project + ".csproj"))));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Sources_keep_to_their_room(string project)
    {
        foreach (string file in Directory.EnumerateFiles(Checkout.At("src", project), "*.cs", SearchOption.AllDirectories))
        {
            if (!file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar))
            {
                Assert.True(ProjectRules.CheckSource(project, File.ReadAllText(file)) is [], file);
            }
        }
    }

    [Fact]
    public void No_shared_file_gives_every_project_a_package()
    {
        foreach (string file in Directory.GetFiles(Checkout.Root, "Directory.*.*").Concat(Directory.GetFiles(Checkout.At("src"), "Directory.*.*")))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("<PackageReference", text);
            Assert.DoesNotContain("<GlobalPackageReference", text);
            Assert.DoesNotContain("<ProjectReference", text);
        }
    }

    [Theory]
    [InlineData("KismetPS.Wireless", "<ProjectReference Include=\"../KismetPS.Capture/KismetPS.Capture.csproj\" />")]
    [InlineData("KismetPS.Capture", "<ProjectReference Include=\"..\\KismetPS.Tracking\\KismetPS.Tracking.csproj\" />")]
    [InlineData("KismetPS.Kismet", "<ProjectReference Include=\"../KismetPS.Export/KismetPS.Export.csproj\" />")]
    [InlineData("KismetPS.Export", "<ProjectReference Include=\"../KismetPS.Cli/KismetPS.Cli.csproj\" />")]
    [InlineData("KismetPS.Cli", "<ProjectReference Include=\"../KismetPS.PowerShell/KismetPS.PowerShell.csproj\" />")]
    [InlineData("KismetPS.Capture", "<PackageReference Include=\"SharpPcap\" />")]
    [InlineData("KismetPS.Export", "<PackageReference Include=\"System.Text.Json\" />")]
    [InlineData("KismetPS.PowerShell", "<PackageReference Include=\"PowerShellStandard.Library\" />")]
    [InlineData("KismetPS.PowerShell", "<PackageReference Include=\"Newtonsoft.Json\" PrivateAssets=\"all\" />")]
    [InlineData("KismetPS.Tracking", "<Reference Include=\"lib.dll\" />")]
    [InlineData("KismetPS.Helpers", "")]
    public void The_rules_see_a_wrong_project(string project, string item) =>
        Assert.Single(ProjectRules.Check(project, $"<Project><ItemGroup>{item}</ItemGroup></Project>"));

    [Theory]
    [InlineData("KismetPS.Tracking", "x = 1; Console.WriteLine(x);")]
    [InlineData("KismetPS.PowerShell", "System.Console.Error.Write(x);")]
    [InlineData("KismetPS.Export", "using static System.Console;")]
    [InlineData("KismetPS.Cli", "using System.Management.Automation;")]
    public void The_rules_see_a_wrong_source(string project, string source) => Assert.Single(ProjectRules.CheckSource(project, source));
}
