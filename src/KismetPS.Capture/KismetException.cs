namespace KismetPS.Capture;

/// <summary>A failure with a stable id and advice on what to do about it.</summary>
public sealed class KismetException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="id">Stable id.</param>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="advice">What to do, one sentence, or null.</param>
    /// <param name="inner">The cause.</param>
    public KismetException(KismetErrorId id, string message, string? advice = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Advice = advice;
    }

    /// <summary>Stable id; its name is the error id in PowerShell.</summary>
    public KismetErrorId Id { get; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; }
}
