using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Engine;

/// <summary>One entry of a <see cref="FrameBatch"/>: a decoded frame, or a TZSP message for those who read messages. Overwritten in place.</summary>
internal struct PipedFrame
{
    /// <summary>Where its bytes begin in the batch's.</summary>
    public int Offset;

    /// <summary>How many there are.</summary>
    public int Length;

    /// <summary>A message: of <see cref="Info"/> only time and origin hold.</summary>
    public bool IsMessage;

    /// <summary>What came of decoding.</summary>
    public DecodeStatus Status;

    /// <summary>What the source told.</summary>
    public FrameInfo Info;

    /// <summary>Its radio facts, with those of the radio header.</summary>
    public RadioInfo Radio;

    /// <summary>What decoding found.</summary>
    public FrameFacts Facts;
}
