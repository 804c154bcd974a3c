using KismetPS.Capture.Tzsp;
using Microsoft.Win32.SafeHandles;

namespace KismetPS.Capture.Live;

/// <summary>An opened interface: set up by the constructor, read packet by packet, closed once. One thread at a time.</summary>
internal sealed unsafe class PcapHandle : IDisposable
{
    private const int Radiotap = 127;
    private const int PrecisionNano = 1;
    private const int TimeoutMs = 100;
    private const int NoMonitorMode = -6;

    private readonly PcapApi _api;
    private readonly string _name;
    private readonly int _fd = -1;
    private readonly EventWaitHandle? _event;
    private nint _handle;

    /// <summary>Opens and activates. Throws <see cref="KismetException"/>; nothing is held after it threw.</summary>
    public PcapHandle(PcapApi api, LiveCaptureOptions options)
    {
        _api = api;
        _name = options.Interface;
        try
        {
            IsMonitor = Activate(options, true);
            if (IsMonitor)
            {
                PreferRadiotap();
            }

            DataLink = api.DataLink(_handle);
            Nanoseconds = api.GetTimePrecision != null && api.GetTimePrecision(_handle) == PrecisionNano;
            if (options.Filter is { Length: > 0 } filter)
            {
                SetFilter(filter);
            }

            MakeWaitable(out _fd, out _event);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>DLT number of its packets.</summary>
    public int DataLink { get; }

    /// <summary>Whether monitor mode was switched on.</summary>
    public bool IsMonitor { get; }

    /// <summary>Whether times come in nanoseconds.</summary>
    public bool Nanoseconds { get; }

    /// <summary>The next packet: 1 with it, 0 if there is none (now, or within the time), throws where the interface failed.</summary>
    /// <param name="packet">The bytes, valid until the next call.</param>
    /// <param name="originalLength">Length on the air or wire.</param>
    /// <param name="timestampNs">Unix nanoseconds.</param>
    public bool TryNext(out ReadOnlySpan<byte> packet, out int originalLength, out long timestampNs)
    {
        byte* header;
        byte* data;
        int status = _api.Next(_handle, &header, &data);
        if (status == 1)
        {
            // pcap_pkthdr: timeval, captured length, length. Windows: two 32-bit longs; elsewhere seconds and fraction take a long each, on macOS
            // the fraction 32 bits and padding.
            long seconds;
            long fraction;
            if (OperatingSystem.IsWindows())
            {
                seconds = *(int*)header;
                fraction = *(int*)(header + 4);
                header += 8;
            }
            else
            {
                seconds = *(nint*)header;
                fraction = OperatingSystem.IsMacOS() ? *(int*)(header + sizeof(nint)) : *(nint*)(header + sizeof(nint));
                header += 2 * sizeof(nint);
            }

            uint kept = *(uint*)header;
            uint original = *(uint*)(header + 4);
            packet = new ReadOnlySpan<byte>(data, (int)Math.Min(kept, int.MaxValue));
            originalLength = (int)Math.Min(Math.Max(original, kept), int.MaxValue);
            timestampNs = (seconds * 1_000_000_000) + (fraction * (Nanoseconds ? 1 : 1000));
            return true;
        }

        packet = default;
        originalLength = 0;
        timestampNs = 0;
        if (status < 0)
        {
            throw new KismetException(KismetErrorId.NetworkFailure, $"Capturing from '{_name}' failed: {PcapLibrary.Text(_api.Error(_handle))}", "Check whether the interface is still there and up.");
        }

        return false;
    }

    /// <summary>Whether reads return at once and <see cref="Wait"/> waits; else each read waits a tenth of a second if it must.</summary>
    public bool CanWait => _fd >= 0 || _event != null;

    /// <summary>Waits until there may be packets, a tenth of a second at most.</summary>
    public void Wait()
    {
        if (_fd >= 0)
        {
            // An interrupted wait is a short one.
            var poll = new LinuxSocket.PollFd { Fd = _fd, Events = LinuxSocket.PollIn };
            _ = LinuxSocket.Poll(&poll, 1, TimeoutMs);
        }
        else
        {
            _event?.WaitOne(TimeoutMs);
        }
    }

    /// <summary>Packets that kernel and interface dropped so far; false where it cannot be told.</summary>
    public bool TryReadDropped(out long dropped)
    {
        // pcap_stat: received, dropped, dropped by the interface; Windows has three more.
        uint* stats = stackalloc uint[8];
        bool told = _api.Stats(_handle, stats) == 0;
        dropped = told ? (long)stats[1] + stats[2] : 0;
        return told;
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            _api.Close(_handle);
            _handle = 0;
        }
    }

    /// <summary>Whether monitor mode is on.</summary>
    private bool Activate(LiveCaptureOptions options, bool tryMonitor)
    {
        byte* error = stackalloc byte[PcapApi.ErrorBufferBytes];
        error[0] = 0;
        fixed (byte* source = PcapLibrary.CString(_name))
        {
            _handle = _api.Create(source, error);
        }

        if (_handle == 0)
        {
            throw PcapErrors.ToException(_name, 0, PcapLibrary.Text(error));
        }

        // All setters fail only on a handle that is active already.
        _api.SetSnapLength(_handle, options.SnapLength);
        _api.SetPromiscuous(_handle, 1);
        _api.SetTimeout(_handle, TimeoutMs);
        _api.SetBufferSize(_handle, options.BufferBytes);
        if (_api.SetTimePrecision != null)
        {
            _api.SetTimePrecision(_handle, PrecisionNano);
        }

        bool monitor = tryMonitor && _api.CanSetMonitor(_handle) == 1;
        if (monitor)
        {
            _api.SetMonitor(_handle, 1);
        }

        int status = _api.Activate(_handle);
        if (status >= 0)
        {
            // Above zero: warnings.
            return monitor;
        }

        if (monitor && status == NoMonitorMode)
        {
            Dispose();
            return Activate(options, false);
        }

        // The handle's own text says more than the number, where there is one.
        string detail = PcapLibrary.Text(_api.Error(_handle));
        throw PcapErrors.ToException(_name, status, detail.Length > 0 ? detail : PcapLibrary.Text(_api.StatusText(status)));
    }

    private void PreferRadiotap()
    {
        int* list;
        int count = _api.ListDataLinks(_handle, &list);
        if (count <= 0)
        {
            return;
        }

        if (new ReadOnlySpan<int>(list, count).Contains(Radiotap))
        {
            _api.SetDataLink(_handle, Radiotap);
        }

        _api.FreeDataLinks(list);
    }

    private void SetFilter(string filter)
    {
        // bpf_program: count and pointer.
        nint* program = stackalloc nint[2];
        int status;
        fixed (byte* text = PcapLibrary.CString(filter))
        {
            // PCAP_NETMASK_UNKNOWN: only 'ip broadcast' needs one, and says so.
            status = _api.Compile(_handle, program, text, 1, uint.MaxValue);
        }

        if (status == 0)
        {
            status = _api.SetFilter(_handle, program);
            _api.FreeCode(program);
        }

        if (status != 0)
        {
            throw new KismetException(KismetErrorId.FilterInvalid, $"The filter '{filter}' cannot be used on '{_name}': {PcapLibrary.Text(_api.Error(_handle))}", "See the pcap-filter manual; for management frames: 'type mgt'.");
        }
    }

    /// <summary>
    /// Makes reads return at once and finds what to wait on instead: how long a read waits is up to the system, on Linux without end, and then
    /// nobody could be stopped, nor may a batch be held open that long.
    /// </summary>
    private void MakeWaitable(out int fd, out EventWaitHandle? signal)
    {
        fd = _api.SelectableFd != null ? _api.SelectableFd(_handle) : -1;
        nint handle = _api.Event != null ? _api.Event(_handle) : 0;
        signal = handle == 0 ? null : new EventWaitHandle(false, EventResetMode.AutoReset) { SafeWaitHandle = new SafeWaitHandle(handle, false) };
        byte* error = stackalloc byte[PcapApi.ErrorBufferBytes];
        if ((fd >= 0 || signal != null) && _api.SetNonBlock(_handle, 1, error) != 0)
        {
            fd = -1;
            signal = null;
        }
    }
}
