using KismetPS.Capture;

namespace KismetPS.Kismet.Drones;

/// <summary>One of our sensors as the servers are told of it.</summary>
internal sealed class DroneServedSource
{
    /// <summary>Makes it of a sensor.</summary>
    /// <param name="origin">The sensor.</param>
    /// <param name="endPoint">What its session listens on.</param>
    /// <param name="type">What kind of session it is.</param>
    public DroneServedSource(FrameOrigin origin, string endPoint, string type)
    {
        Origin = origin;

        // What came from a drone with its identity keeps it.
        Id = Guid.TryParse(origin.Serial, out Guid id) ? id : DroneEncoder.IdOf(endPoint, origin.Id);
        Name = origin.Name ?? origin.Id;
        Interface = origin.Id;
        Type = type;
        StableName = DroneEncoder.StableName(Name);
    }

    /// <summary>The sensor.</summary>
    public FrameOrigin Origin { get; }

    /// <summary>Newcore: its UUID.</summary>
    public Guid Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Newcore: its interface, which is its address or serial here.</summary>
    public string Interface { get; }

    /// <summary>Newcore: its type.</summary>
    public string Type { get; }

    /// <summary>Stable: its name as bytes.</summary>
    public byte[] StableName { get; }
}
