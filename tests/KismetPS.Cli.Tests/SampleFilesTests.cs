using KismetPS.Samples;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class SampleFilesTests
{
    [Fact]
    public void The_samples_are_what_the_generator_makes()
    {
        IReadOnlyDictionary<string, byte[]> made = SampleFiles.Make();
        Assert.Equal(made.Keys.Order(), Directory.GetFiles(Checkout.At("samples"), "*.pcap*").Select(static p => Path.GetFileName(p)).Order());
        foreach ((string name, byte[] bytes) in made)
        {
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Checkout.At("samples", name))), $"{name} differs: run dotnet run --project tools/KismetPS.Samples -- samples");
        }

        Assert.InRange(made.Values.Sum(static b => b.Length), 100_000, 500_000);
    }
}
