namespace KismetPS.Export.Formats;

/// <summary>When a file of devices gives way to the next; zero: never.</summary>
internal readonly record struct DeviceRollOptions
{
    /// <summary>Most bytes in a file; the device that reaches it is its last.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Most time from a file's first device to its last.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>Files kept; the oldest that the writer made are deleted.</summary>
    public int MaxFiles { get; init; }

    /// <summary>Whether there is ever a next file.</summary>
    public bool Rolls => MaxBytes > 0 || MaxAge > TimeSpan.Zero;
}
