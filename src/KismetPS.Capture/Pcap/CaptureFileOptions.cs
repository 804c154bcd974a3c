namespace KismetPS.Capture.Pcap;

/// <summary>How a capture file is read.</summary>
internal sealed record CaptureFileOptions
{
    /// <summary>0: as fast as it goes; 1: in the time of the recording; 2: twice as fast.</summary>
    public double Speed { get; init; }

    /// <summary>UDP port that TZSP is looked for on inside IP packets.</summary>
    public int TzspPort { get; init; } = Tzsp.TzspReader.DefaultPort;
}
