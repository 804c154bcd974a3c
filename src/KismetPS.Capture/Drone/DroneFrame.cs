namespace KismetPS.Capture.Drone;

/// <summary>One frame between drone and server.</summary>
internal readonly ref struct DroneFrame
{
    public DroneFrame(DroneProtocol protocol, uint command, ReadOnlySpan<byte> payload)
    {
        Protocol = protocol;
        Command = command;
        Payload = payload;
    }

    /// <summary>Its protocol.</summary>
    public DroneProtocol Protocol { get; }

    /// <summary>The number on the wire.</summary>
    public uint Command { get; }

    /// <summary>What follows the header; good until the framer's next call.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>What the number means.</summary>
    public DroneFrameType Type => Protocol == DroneProtocol.Stable
        ? Command switch { 1 => DroneFrameType.Hello, 2 => DroneFrameType.Packet, _ => DroneFrameType.Other }
        : Command switch
        {
            0 => DroneFrameType.Null,
            1 => DroneFrameType.Hello,
            2 => DroneFrameType.Text,
            3 => DroneFrameType.Packet,
            4 => DroneFrameType.ChannelSet,
            5 => DroneFrameType.Source,
            _ => DroneFrameType.Other,
        };
}
