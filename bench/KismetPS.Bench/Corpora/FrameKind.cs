namespace KismetPS.Bench.Corpora;

/// <summary>Kinds of frames that cost differently, and by which the mix of a corpus is told.</summary>
internal enum FrameKind
{
    Beacon,
    OtherManagement,
    Control,
    Data,
    Unreadable,
}
