using System.Globalization;
using System.Text.RegularExpressions;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class FcsDetectorTests
{
    private readonly Random _random = new(7);

    [Fact]
    public void OriginWithFcsIsFoundAndItsDamagedFramesTold()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(FcsState.Unknown, detector.Habit);
            Assert.Equal(FcsState.Present, detector.Resolve(WithFcs()));
        }

        Assert.Equal(FcsState.Present, detector.Habit);
        Assert.Equal(FcsState.PresentBad, detector.Resolve(WithFcs(bad: true)));
        Assert.Equal(FcsState.PresentBad, detector.Resolve(Body(13)));
        Assert.Equal(FcsState.PresentBad, detector.Resolve([]));
        Assert.Equal(FcsState.Present, detector.Resolve(WithFcs()));
    }

    [Fact]
    public void OriginWithoutFcsIsFound()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 32; i++)
        {
            Assert.Equal(FcsState.Unknown, detector.Habit);
            Assert.Equal(FcsState.Absent, detector.Resolve(Body()));
        }

        Assert.Equal(FcsState.Absent, detector.Habit);
    }

    /// <summary>Undecided, a frame is what its own CRC says: no frame is lost to a late decision.</summary>
    [Fact]
    public void UndecidedEachFrameSpeaksForItself()
    {
        FcsDetector detector = new();
        Assert.Equal(FcsState.Absent, detector.Resolve(Body()));
        Assert.Equal(FcsState.Present, detector.Resolve(WithFcs()));
        Assert.Equal(FcsState.Absent, detector.Resolve(WithFcs(bad: true)));
        Assert.Equal(FcsState.Unknown, detector.Habit);
    }

    [Fact]
    public void ShortFramesAreNotJudged()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(FcsState.Absent, detector.Resolve(FrameCheck.Append(Body(9))));
        }

        Assert.Equal(FcsState.Unknown, detector.Habit);
    }

    [Fact]
    public void HalfDamagedIsStillFound()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 64; i++)
        {
            detector.Resolve(WithFcs(bad: (i & 1) == 1));
        }

        Assert.Equal(FcsState.Present, detector.Habit);
    }

    /// <summary>A sensor set anew: it appended an FCS and does no more. What is lost meanwhile has a bound.</summary>
    [Fact]
    public void PresentIsWithdrawnWhenTheHabitChanges()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 500; i++)
        {
            detector.Resolve(WithFcs());
        }

        int lost = 0;
        while (detector.Resolve(Body()) == FcsState.PresentBad)
        {
            lost++;
            Assert.True(lost < 64);
        }

        Assert.InRange(lost, 48, 60);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(FcsState.Absent, detector.Resolve(Body()));
        }

        Assert.Equal(FcsState.Absent, detector.Habit);
    }

    [Fact]
    public void AbsentIsWithdrawnWhenTheHabitChanges()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 500; i++)
        {
            detector.Resolve(Body());
        }

        int frames = 0;
        while (detector.Habit != FcsState.Present)
        {
            detector.Resolve(WithFcs());
            frames++;
            Assert.True(frames < 80);
        }
    }

    /// <summary>
    /// Bodies that end in their own CRC, sent past a sensor that strips the FCS: below half of the traffic they never make honest frames count as
    /// damaged once the sensor is known, and each of them loses its own four bytes only.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(65)]
    public void CraftedFramesDoNotTurnASensorThatIsKnown(int honestPerCrafted)
    {
        FcsDetector detector = new();
        for (int i = 0; i < 100; i++)
        {
            detector.Resolve(Body());
        }

        for (int i = 0; i < 5000; i++)
        {
            Assert.NotEqual(FcsState.PresentBad, detector.Resolve(WithFcs()));
            for (int honest = 0; honest < honestPerCrafted; honest++)
            {
                Assert.Equal(FcsState.Absent, detector.Resolve(Body()));
            }
        }
    }

    /// <summary>The worst start: eight crafted frames come first. Honest traffic takes the decision back.</summary>
    [Fact]
    public void CraftedFramesAtTheStartAreOutlived()
    {
        FcsDetector detector = new();
        for (int i = 0; i < 8; i++)
        {
            detector.Resolve(WithFcs());
        }

        int damaged = 0;
        for (int i = 0; i < 1000; i++)
        {
            damaged += detector.Resolve(Body()) == FcsState.PresentBad ? 1 : 0;
        }

        Assert.InRange(damaged, 1, 64);
        Assert.Equal(FcsState.Absent, detector.Habit);
    }

    [Theory]
    [InlineData(FcsState.Unknown)]
    [InlineData(FcsState.Absent)]
    [InlineData(FcsState.AbsentBad)]
    [InlineData(FcsState.PresentBad)]
    internal void VerifyChecksOnlyWhatIsToldPresent(FcsState told)
    {
        Assert.Equal(told, FcsDetector.Verify(WithFcs(), told));
        Assert.Equal(told, FcsDetector.Verify(WithFcs(bad: true), told));
    }

    [Fact]
    public void VerifyFindsEveryFlippedBit()
    {
        byte[] frame = WithFcs();
        Assert.Equal(FcsState.Present, FcsDetector.Verify(frame, FcsState.Present));
        for (int bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(FcsState.PresentBad, FcsDetector.Verify(frame, FcsState.Present));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int length = 0; length < frame.Length; length++)
        {
            Assert.Equal(FcsState.PresentBad, FcsDetector.Verify(frame.AsSpan(0, length), FcsState.Present));
        }
    }

    public static TheoryData<string> Files => OracleCaptures.All;

    /// <summary>Over every capture, its header's word withheld: the detector finds what the header (radiotap) or tshark's CRC test (Prism) says.</summary>
    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void CapturesAreJudgedAsTheirHeadersSay(string file)
    {
        if (file == "aircrack-test1.pcap")
        {
            // Frames received, with FCS, among frames the same interface sent, without: two habits that only its headers tell apart.
            return;
        }

        FcsDetector detector = new();
        int wrong = 0;
        int told = 0;
        foreach (CapturedPacket packet in OracleCaptures.Packets(file))
        {
            RadioInfo radio = default;
            if (packet.Bytes.Length < packet.OriginalLength
                || RadioHeader.TryRead(packet.Bytes, (LinkType)packet.LinkType, ref radio, out int length) != DecodeStatus.Ok)
            {
                continue;
            }

            ReadOnlySpan<byte> frame = packet.Bytes.AsSpan(length);
            bool present = radio.Fcs switch
            {
                FcsState.Unknown => file == "aircrack-wpa.cap",
                FcsState.Present or FcsState.PresentBad => true,
                _ => false,
            };
            FcsState before = detector.Habit;
            FcsState found = detector.Resolve(frame);
            if (frame.Length >= 14 && (before != FcsState.Unknown || FcsDetector.EndsInFcs(frame)))
            {
                told++;
                wrong += found is FcsState.Present or FcsState.PresentBad != present ? 1 : 0;
            }
        }

        Assert.True(wrong == 0, $"{wrong} of {told} frames");
    }

    /// <summary>The captures' index counts, per file with FCS, the frames whose CRC is right; found with another program's CRC.</summary>
    [CapturesFact]
    public void RightFcsAreAsManyAsTheIndexCounts()
    {
        int files = 0;
        foreach (string line in File.ReadLines(Path.Combine(OracleCaptures.Folder!, "INDEX.md")))
        {
            Match match = Regex.Match(line, @"^\| (\S+) \|.*CRC ok (\d+)");
            if (!match.Success)
            {
                continue;
            }

            files++;
            int right = 0;
            foreach (CapturedPacket packet in OracleCaptures.Packets(match.Groups[1].Value))
            {
                RadioInfo radio = default;
                if (RadioHeader.TryRead(packet.Bytes, (LinkType)packet.LinkType, ref radio, out int length) == DecodeStatus.Ok)
                {
                    right += FcsDetector.EndsInFcs(packet.Bytes.AsSpan(length)) ? 1 : 0;
                }
            }

            Assert.True(int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) == right, $"{line}: found {right}");
        }

        Assert.True(files >= 8);
    }

    private byte[] Body(int? length = null)
    {
        byte[] body = new byte[length ?? _random.Next(14, 300)];
        _random.NextBytes(body);
        return body;
    }

    private byte[] WithFcs(bool bad = false) => FrameCheck.Append(Body(_random.Next(10, 300)), bad);
}
