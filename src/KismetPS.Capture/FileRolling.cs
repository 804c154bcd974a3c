using System.Globalization;

namespace KismetPS.Capture;

/// <summary>When a file gives way to the next, and what that is called; zero: never.</summary>
internal readonly record struct FileRolling
{
    /// <summary>Most bytes in a file.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Most time in a file.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>Files kept; the oldest that the writer made are deleted.</summary>
    public int MaxFiles { get; init; }

    /// <summary>Whether there is ever a next file.</summary>
    public bool Rolls => MaxBytes > 0 || MaxAge > TimeSpan.Zero;

    /// <summary>Throws <see cref="KismetException"/> (ArgumentInvalid) where files are to be deleted and there is only ever one.</summary>
    public void Check()
    {
        if (MaxFiles > 0 && !Rolls)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "There is one file only.", "Give a size or an age at which the next begins.");
        }
    }

    /// <summary>The path with a running number and the UTC time before its extension: <c>roof_00001_20260101T000000.pcapng</c>.</summary>
    /// <param name="path">Path asked for.</param>
    /// <param name="extension">What of its end stays behind, such as ".pcapng".</param>
    /// <param name="number">Number of the file, from 1.</param>
    /// <param name="begun">When it is begun.</param>
    public static string Name(string path, string extension, int number, DateTimeOffset begun) =>
        string.Create(CultureInfo.InvariantCulture, $"{path[..^extension.Length]}_{number:D5}_{begun.UtcDateTime:yyyyMMdd'T'HHmmss}{extension}");
}
