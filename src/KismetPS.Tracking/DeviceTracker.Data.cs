using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>Data and control frames: who talks to whom.</summary>
internal sealed partial class DeviceTracker
{
    private void OnData(int transmitter, ReadOnlySpan<byte> frame, in FrameFacts facts, in FrameInfo info)
    {
        long now = info.TimestampNs;
        int bss = -1;
        switch (facts.Flags & (FrameControlFlags.ToDs | FrameControlFlags.FromDs))
        {
            case FrameControlFlags.ToDs when facts.Has(FrameParts.Bssid) && IsStation(facts.Bssid):
                bss = Join(facts.Bssid, KismetDeviceType.AccessPoint, facts.Transmitter, KismetDeviceType.Client, now);
                break;
            case FrameControlFlags.FromDs when facts.Has(FrameParts.Mesh):
                // Group-addressed mesh data: address 3 is the mesh source (IEEE Std 802.11-2020 table 9-30).
                SetType(ref _tables.Devices[transmitter], KismetDeviceType.Wds);
                OnFourAddress(facts, now, frame.Length + facts.CutLength);
                break;
            case FrameControlFlags.FromDs:
                bss = Join(facts.Transmitter, KismetDeviceType.AccessPoint, facts.Has(FrameParts.Destination) ? facts.Destination : default, KismetDeviceType.Client, now);
                AddBridged(facts.Source, facts, now, frame.Length + facts.CutLength);
                break;
            case FrameControlFlags.None when facts.Has(FrameParts.Bssid) && IsStation(facts.Bssid):
                bss = OnDirect(facts, now);
                break;
            case FrameControlFlags.ToDs | FrameControlFlags.FromDs:
                SetType(ref _tables.Devices[transmitter], KismetDeviceType.Wds);
                OnFourAddress(facts, now, frame.Length + facts.CutLength);
                break;
        }

        if (facts.Has(FrameParts.Amsdu) && (facts.Flags & FrameControlFlags.Protected) == 0)
        {
            OnAggregate(frame, facts, now);
        }

        NoteProtection(ref _tables.Devices[transmitter], facts);
        if (bss >= 0)
        {
            CountInBss(bss, facts, frame.Length + facts.CutLength);
            if (bss != transmitter)
            {
                NoteProtection(ref _tables.Devices[bss], facts);
            }
        }

        _alerts.OnData(facts, info);
    }

    private void OnControl(int transmitter, in FrameFacts facts, in FrameInfo info)
    {
        switch (facts.Subtype)
        {
            case FrameSubtype.PsPoll when IsStation(facts.Bssid):
                CountInBss(Join(facts.Bssid, KismetDeviceType.AccessPoint, facts.Transmitter, KismetDeviceType.Client, info.TimestampNs), facts, facts.FrameLength + facts.CutLength);
                break;
            case FrameSubtype.CfEnd or FrameSubtype.CfEndCfAck or FrameSubtype.Trigger:
                // Only the one that runs the BSS sends these (IEEE Std 802.11-2020 9.3.1.6; 802.11ax 9.3.1.22).
                SetType(ref _tables.Devices[transmitter], KismetDeviceType.AccessPoint);
                break;
        }
    }

    // Neither to nor from the distribution system: an independent BSS, or a direct link (TDLS) of two clients of the access point named.
    // The BSSID of an independent BSS is drawn at random with the local bit set (IEEE Std 802.11-2020 11.1.4.3).
    private int OnDirect(in FrameFacts facts, long now)
    {
        int known = _tables.Find(facts.Bssid);
        bool infrastructure = !facts.Bssid.IsLocal || (known >= 0 && _tables.Devices[known].Type == KismetDeviceType.AccessPoint);
        return infrastructure
            ? Join(facts.Bssid, KismetDeviceType.AccessPoint, facts.Transmitter, KismetDeviceType.Client, now)
            : Join(facts.Bssid, KismetDeviceType.AdHoc, facts.Transmitter, KismetDeviceType.AdHoc, now);
    }

    private void OnFourAddress(in FrameFacts facts, long now, int bytes)
    {
        if (IsStation(facts.Receiver))
        {
            int receiver = _tables.FindOrAdd(facts.Receiver, now);
            SetTimes(ref _tables.Devices[receiver], now);
            SetType(ref _tables.Devices[receiver], KismetDeviceType.Wds);
        }

        AddBridged(facts.Source, facts, now, bytes);
        AddBridged(facts.Destination, facts, now, 0);
        if (facts.Has(FrameParts.MeshSource))
        {
            AddBridged(facts.MeshSource, facts, now, bytes);
        }

        if (facts.Has(FrameParts.MeshDestination))
        {
            AddBridged(facts.MeshDestination, facts, now, 0);
        }
    }

    /// <summary>A host behind the transmitter. While it is not heard on the air itself, the frames sent for it are counted as its own.</summary>
    private void AddBridged(MacAddress address, in FrameFacts facts, long now, int bytes)
    {
        if (!IsStation(address) || address == facts.Transmitter || address == facts.Receiver)
        {
            return;
        }

        int row = _tables.FindOrAdd(address, now);
        ref DeviceRow device = ref _tables.Devices[row];
        SetTimes(ref device, now);
        SetType(ref device, KismetDeviceType.Bridged);
        if (device.Type == KismetDeviceType.Bridged && facts.Has(FrameParts.Bssid))
        {
            device.Bssid = facts.Bssid;
        }

        if (!device.OnAir && bytes > 0)
        {
            device.Packets++;
            device.Bytes += bytes;
            device.DataPackets += facts.Has(FrameParts.Payload) ? 1 : 0;
            CountKind(ref device.ManagementPackets, ref device.EncryptedPackets, facts);
        }
    }

    private void OnAggregate(ReadOnlySpan<byte> frame, in FrameFacts facts, long now)
    {
        AmsduReader reader = new(frame[Math.Min(facts.HeaderLength, frame.Length)..]);
        bool fromAccessPoint = (facts.Flags & FrameControlFlags.FromDs) != 0;
        while (_tables.MayName(2) && reader.TryRead(out MacAddress destination, out MacAddress source))
        {
            // Sent by a client, the inner source is the client and the destination anywhere: nothing new.
            if (fromAccessPoint)
            {
                AddBridged(source, facts, now, 0);
                if ((facts.Flags & FrameControlFlags.ToDs) == 0 && IsStation(destination))
                {
                    Join(facts.Transmitter, KismetDeviceType.AccessPoint, destination, KismetDeviceType.Client, now);
                }
            }
        }
    }

    private void NoteProtection(ref DeviceRow device, in FrameFacts facts)
    {
        if (facts.Has(FrameParts.EapolKey))
        {
            device.EapolKeys++;
        }
        else if (facts.Has(FrameParts.DataCipher) && facts.DataCipher != DataCipher.None)
        {
            device.DataCipher = facts.DataCipher;
        }
        else if (facts.Has(FrameParts.Payload) && !facts.Has(FrameParts.Eapol) && (facts.Flags & FrameControlFlags.Protected) == 0)
        {
            device.ClearData = true;
        }
    }
}
