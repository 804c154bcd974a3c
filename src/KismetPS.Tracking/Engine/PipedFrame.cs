using KismetPS.Capture;

namespace KismetPS.Tracking.Engine;

/// <summary>One entry of a <see cref="FrameBatch"/>: a frame, or a TZSP message for those who read messages. Overwritten in place.</summary>
internal struct PipedFrame
{
    /// <summary>Where its bytes begin in the batch's.</summary>
    public int Offset;

    /// <summary>How many there are.</summary>
    public int Length;

    /// <summary>A message: of <see cref="Info"/> only time and origin hold.</summary>
    public bool IsMessage;

    /// <summary>What the source told.</summary>
    public FrameInfo Info;
}
