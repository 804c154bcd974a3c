using KismetPS.Capture;
using KismetPS.Tracking.Alerts;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking;

/// <summary>
/// Turns the facts of frames into knowledge of devices. One writer; whoever calls holds the session's gate.
/// Which address of a frame makes a device is decided here alone:
/// the transmitter always (never a receiver alone: ACK, CTS and the like name stations that may not be there);
/// the BSSID of data, association and authentication; the unicast destination an access point sends data to (its client);
/// the source an access point sends for (a host behind it); both ends and both outer addresses of four-address frames.
/// </summary>
internal sealed partial class DeviceTracker
{
    private readonly DeviceTables _tables;
    private readonly DuplicateFilter _duplicates = new();
    private readonly AlertMonitor _alerts;
    private readonly DeviceExpiry _expiry;
    private ElementFacts _elements;
    private MacAddress _heard;
    private int _heardRow;

    public DeviceTracker(TrackerOptions options)
    {
        _tables = new DeviceTables(Math.Max(DeviceTables.MinDevices, options.MaxDevices));
        _alerts = new AlertMonitor(_tables.Names, options.MaxAlerts);
        _readsRepeats = options.ReadsRepeats;
        _expiry = new DeviceExpiry(_tables, options.DeviceTimeout);
    }

    /// <summary>The rows; read under the session's gate.</summary>
    public DeviceTables Tables => _tables;

    /// <summary>Alerts raised.</summary>
    public AlertLog Alerts => _alerts.Log;

    /// <summary>Frames that another sensor had delivered already.</summary>
    public long Duplicates => _duplicates.Duplicates;

    /// <summary>EAPOL-Key messages heard.</summary>
    public long EapolKeys { get; private set; }

    /// <summary>One decoded frame.</summary>
    /// <param name="frame">The 802.11 frame, without radio header and FCS.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="radio">Radio facts.</param>
    /// <param name="info">When and by whom it was heard.</param>
    public void OnFrame(ReadOnlySpan<byte> frame, in FrameFacts facts, in RadioInfo radio, in FrameInfo info)
    {
        if (!facts.Has(FrameParts.Transmitter) || facts.Transmitter.IsGroup || facts.Transmitter.IsZero)
        {
            return;
        }

        bool duplicate = _duplicates.IsDuplicate(frame, info.Origin.Index, info.TimestampNs);
        _tables.BeginFrame();
        int transmitter = _tables.FindOrAdd(facts.Transmitter, info.TimestampNs);
        (_heard, _heardRow) = (facts.Transmitter, transmitter);
        ref DeviceRow device = ref _tables.Devices[transmitter];
        Hear(ref device, radio, info, duplicate);
        if (duplicate)
        {
            return;
        }

        EapolKeys += facts.Has(FrameParts.EapolKey) ? 1 : 0;
        Count(ref device, facts, facts.FrameLength + facts.CutLength);
        switch (facts.Type)
        {
            case FrameType.Management:
                OnManagement(transmitter, frame, facts, radio, info);
                break;
            case FrameType.Data:
                OnData(transmitter, frame, facts, info);
                break;
            case FrameType.Control:
                OnControl(transmitter, facts, info);
                break;
        }
    }

    /// <summary>A frame with a wrong FCS: it adds no address, but is counted where its transmitter address reads as a known device's.</summary>
    public void OnDamagedFrame(ReadOnlySpan<byte> frame)
    {
        const int TransmitterOffset = 10;
        if (frame.Length < TransmitterOffset + MacAddress.Size)
        {
            return;
        }

        int row = _tables.Find(MacAddress.Read(frame[TransmitterOffset..]));
        if (row >= 0)
        {
            _tables.Devices[row].FcsErrors++;
            _tables.Touch(row);
        }
    }

    /// <summary>Lets time pass: expiry.</summary>
    public void Tick(long nowNs) => _expiry.Sweep(nowNs);

    private static void Count(ref DeviceRow device, in FrameFacts facts, int bytes)
    {
        device.OnAir = true;
        device.Packets++;
        device.Bytes += bytes;
        device.Retries += (facts.Flags & FrameControlFlags.Retry) != 0 && device.Retries < uint.MaxValue ? 1u : 0;
        device.DataPackets += facts.Type == FrameType.Data && facts.Has(FrameParts.Payload) ? 1 : 0;
        CountKind(ref device.ManagementPackets, ref device.EncryptedPackets, facts);
    }

    private static void CountKind(ref uint management, ref uint encrypted, in FrameFacts facts)
    {
        if (facts.Type == FrameType.Management)
        {
            management += management < uint.MaxValue ? 1u : 0;
        }
        else if (facts.Type == FrameType.Data && (facts.Flags & FrameControlFlags.Protected) != 0)
        {
            encrypted += encrypted < uint.MaxValue ? 1u : 0;
        }
    }

    private void Hear(ref DeviceRow device, in RadioInfo radio, in FrameInfo info, bool duplicate)
    {
        SetTimes(ref device, info.TimestampNs);
        int sensor = _tables.SensorOf(ref device, info.Origin.Index);
        short signal = radio.Has(RadioFields.Signal) ? radio.SignalDbm : DeviceRow.NoSignal;
        if (signal != DeviceRow.NoSignal)
        {
            // The best sensor's ear is the device's signal: a duplicate may only raise it.
            device.Signal = duplicate && device.Signal != DeviceRow.NoSignal ? Math.Max(device.Signal, signal) : signal;
            device.SignalMin = device.SignalMin == DeviceRow.NoSignal ? signal : Math.Min(device.SignalMin, signal);
            device.SignalMax = Math.Max(device.SignalMax, signal);
        }

        if (radio.Has(RadioFields.Noise))
        {
            device.Noise = radio.NoiseDbm;
        }

        if (sensor >= 0)
        {
            ref SensorRow row = ref _tables.Sensors[sensor];
            row.Packets++;
            row.LastNs = Math.Max(row.LastNs, info.TimestampNs);
            if (signal != DeviceRow.NoSignal)
            {
                row.Signal = signal;
                row.SignalMin = row.SignalMin == DeviceRow.NoSignal ? signal : Math.Min(row.SignalMin, signal);
                row.SignalMax = Math.Max(row.SignalMax, signal);
                row.SignalSum += signal;
                row.SignalCount++;
            }

            if (info.Origin.Position is { } place && (!row.HasPlace || signal > row.PlaceSignal))
            {
                SetPlace(ref row, place, signal);
            }
        }

        if (!duplicate)
        {
            device.LastOrigin = (ushort)Math.Min(info.Origin.Index, ushort.MaxValue);
            if (device.CurrentNetwork == 0)
            {
                HeardChannel heard = HeardChannel.Of(radio);
                if (heard.Channel != 0 || heard.FrequencyMHz != 0)
                {
                    (device.Channel, device.FrequencyMHz) = (heard.Channel, heard.FrequencyMHz);
                }
            }

            if (radio.Has(RadioFields.Rate) && radio.RateKbps > device.MaxRateKbps)
            {
                device.MaxRateKbps = radio.RateKbps;
            }
        }
    }

    // Where it was heard best is the nearest to it that is known.
    private static void SetPlace(ref SensorRow row, GeoPosition place, short signal)
    {
        row.LatitudeE7 = (int)Math.Round(place.Latitude * 1e7);
        row.LongitudeE7 = (int)Math.Round(place.Longitude * 1e7);
        row.AltitudeM = place.Fix >= 3 && Math.Abs(place.AltitudeM) < short.MaxValue ? (short)Math.Round(place.AltitudeM) : SensorRow.NoAltitude;
        row.PlaceSignal = signal;
    }

    private static void SetTimes(ref DeviceRow device, long nowNs)
    {
        device.LastNs = Math.Max(device.LastNs, nowNs);
        device.FirstNs = Math.Min(device.FirstNs, nowNs);
    }

    private static bool IsStation(MacAddress address) => !address.IsGroup && !address.IsZero;

    /// <summary>What a frame shows of a device that has not said itself what it is.</summary>
    private static void SetType(ref DeviceRow device, KismetDeviceType type)
    {
        if (!device.Advertises && Strength(type) > Strength(device.Type))
        {
            device.Type = type;
        }
    }

    /// <summary>What a beacon or probe response says of its sender and BSS; of several the strongest.</summary>
    private static void SetAdvertisedType(ref DeviceRow device, KismetDeviceType type)
    {
        if (!device.Advertises || AdvertisedStrength(type) > AdvertisedStrength(device.Type))
        {
            device.Type = type;
            device.Advertises = true;
        }
    }

    // Where no beacon tells: the air outweighs the wire, anything outweighs asking, and data to an access point outweighs data from
    // station to station, which may be a direct link of two clients (TDLS) as well as an independent BSS.
    private static int Strength(KismetDeviceType type) => type switch
    {
        KismetDeviceType.AccessPoint => 6,
        KismetDeviceType.Wds => 5,
        KismetDeviceType.Client => 4,
        KismetDeviceType.AdHoc => 3,
        KismetDeviceType.Bridged => 2,
        KismetDeviceType.Probe => 1,
        _ => 0,
    };

    private static int AdvertisedStrength(KismetDeviceType type) => type switch
    {
        KismetDeviceType.AccessPoint => 3,
        KismetDeviceType.AdHoc => 2,
        _ => 1,
    };

    private void CountInBss(int bss, in FrameFacts facts, int bytes)
    {
        ref BssRow totals = ref _tables.BssOf(ref _tables.Devices[bss]);
        totals.Packets++;
        totals.Bytes += bytes;
        totals.DataPackets += facts.Type == FrameType.Data && facts.Has(FrameParts.Payload) ? 1 : 0;
        CountKind(ref totals.ManagementPackets, ref totals.EncryptedPackets, facts);
    }

    // Most addresses of a frame are its transmitter's, found and marked as changed already.
    private int FindOrAdd(MacAddress address, long nowNs) => address == _heard ? _heardRow : _tables.FindOrAdd(address, nowNs);

    private int Join(MacAddress bssid, KismetDeviceType bssType, MacAddress station, KismetDeviceType stationType, long nowNs)
    {
        int bss = FindOrAdd(bssid, nowNs);
        ref DeviceRow served = ref _tables.Devices[bss];
        SetType(ref served, bssType);
        served.Bssid = bssid;
        SetTimes(ref served, nowNs);
        if (IsStation(station) && station != bssid)
        {
            int row = FindOrAdd(station, nowNs);
            ref DeviceRow device = ref _tables.Devices[row];
            SetTimes(ref device, nowNs);
            SetType(ref device, stationType);
            if (device.Type is not KismetDeviceType.AccessPoint)
            {
                device.Bssid = bssid;
            }

            _tables.Link(bss, row, nowNs);
        }

        return bss;
    }
}
