namespace KismetPS.Capture.Tzsp;

/// <summary>One address that TZSP comes from, with the sensors behind it: one, or one for each serial number (tag 60) it sends.</summary>
internal sealed class SensorHost(SensorAddress address)
{
    private readonly Dictionary<int, Sensor> _bySerial = [];

    /// <summary>The address; its port is that of the first message.</summary>
    public SensorAddress Address { get; } = address;

    /// <summary>The sensor heard last; messages that name no sensor (unreadable ones, keepalives) count for it.</summary>
    public Sensor? Last { get; private set; }

    /// <summary>Finds the sensor with this serial; null if it is new.</summary>
    public Sensor? Find(ReadOnlySpan<byte> serial)
    {
        if (Last is { } last && serial.SequenceEqual(last.Serial))
        {
            return last;
        }

        _bySerial.TryGetValue(Hash(serial), out Sensor? sensor);
        while (sensor is not null && !serial.SequenceEqual(sensor.Serial))
        {
            sensor = sensor.Next;
        }

        Last = sensor ?? Last;
        return sensor;
    }

    /// <summary>Adds a sensor that <see cref="Find"/> did not know.</summary>
    public void Add(Sensor sensor)
    {
        int hash = Hash(sensor.Serial);
        _bySerial.TryGetValue(hash, out Sensor? same);
        sensor.Next = same;
        _bySerial[hash] = sensor;
        Last = sensor;
    }

    private static int Hash(ReadOnlySpan<byte> serial)
    {
        HashCode hash = default;
        hash.AddBytes(serial);
        return hash.ToHashCode();
    }
}
