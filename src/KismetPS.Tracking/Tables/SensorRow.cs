namespace KismetPS.Tracking.Tables;

/// <summary>How one sensor hears one device.</summary>
internal struct SensorRow
{
    public long LastNs;
    public long Packets;
    public long SignalSum;
    public long SignalCount;
    public int Next;
    public ushort Origin;
    public short Signal;
    public short SignalMin;
    public short SignalMax;

    /// <summary>Signal of the frame that was heard at the place.</summary>
    public short PlaceSignal;

    /// <summary>Where the sensor was when it heard the device best, 1e-7 degrees; both 0: not told.</summary>
    public int LatitudeE7;
    public int LongitudeE7;

    /// <summary>Metres there; <see cref="NoAltitude"/>: not told.</summary>
    public short AltitudeM;

    /// <summary>No altitude.</summary>
    public const short NoAltitude = short.MinValue;

    /// <summary>Whether a place is known.</summary>
    public readonly bool HasPlace => (LatitudeE7 | LongitudeE7) != 0;
}
