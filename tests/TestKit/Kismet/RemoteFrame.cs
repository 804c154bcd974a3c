namespace KismetPS.TestKit;

/// <summary>A frame of KismetExternal 3 as a server read it.</summary>
/// <param name="Command">What it is: 19 a new source, 16 a packet.</param>
/// <param name="Code">1 is yes.</param>
/// <param name="Sequence">Number.</param>
/// <param name="Fields">Content by field number.</param>
/// <param name="Content">Content as it came.</param>
public sealed record RemoteFrame(int Command, int Code, uint Sequence, Dictionary<long, object?> Fields, byte[] Content);
