using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// recvmmsg: up to a batch of datagrams for one system call. Where datagrams come quickly it does not wait for each but sleeps a millisecond and takes
/// what has gathered: being woken for every few of them costs more than receiving them, on both sides of the socket.
/// </summary>
internal sealed unsafe class LinuxReceiver : DatagramReceiver
{
    private const int NameSize = 32;

    // Not a round 64 KiB: at that distance the first lines of all slots would fall into the same sets of the processor's caches.
    private const int SlotSize = MaxDatagram + 1 + (5 * 64);

    // What comes quickly: so many a millisecond, measured over so many milliseconds.
    private const int GatherFrom = 4;
    private const int WindowMs = 5;

    // What a datagram takes of the kernel's buffer besides its bytes (struct sk_buff, its data's alignment), and the share of the buffer that may fill
    // up in a millisecond.
    private const int DatagramOverhead = 1024;
    private const int GatherShare = 16;

    // A sleep in which more than this share came lasted far longer than asked for: the machine is short of processor time, and for a while
    // datagrams had better wake the thread, which is sooner than a timer does.
    private const int OversleptShare = 8;
    private const int HoldOffMs = 100;

    private static readonly double TicksPerMs = Stopwatch.Frequency / 1000.0;

    private readonly Socket _socket;
    private readonly int _fd;
    private readonly long _bufferBytes;
    private readonly AddressFamily _family;
    private LinuxSocket.MultiMessageHeader* _headers;
    private byte* _slots;
    private byte* _names;
    private bool _drained;
    private bool _gather;
    private long _windowStart;
    private double _bytesPerMs;
    private long _holdOffUntil;
    private long _windowCount;
    private long _windowBytes;

    /// <summary>Takes hold of the socket until disposed.</summary>
    /// <param name="socket">Bound.</param>
    /// <param name="bufferBytes">Its receive buffer as set; the kernel allows itself the double.</param>
    public LinuxReceiver(Socket socket, int bufferBytes)
    {
        _bufferBytes = 2L * bufferBytes;
        bool held = false;
        socket.SafeHandle.DangerousAddRef(ref held);
        _socket = socket;
        _fd = (int)socket.SafeHandle.DangerousGetHandle();
        _family = socket.AddressFamily;

        // Native memory: the system gives pages only where datagrams are written, so large slots cost address space, not memory.
        _slots = (byte*)NativeMemory.AlignedAlloc(BatchSize * SlotSize, 64);
        _names = (byte*)NativeMemory.AllocZeroed(BatchSize * NameSize);
        _headers = (LinuxSocket.MultiMessageHeader*)NativeMemory.AllocZeroed(BatchSize * (nuint)(sizeof(LinuxSocket.MultiMessageHeader) + sizeof(LinuxSocket.IoVector)));
        LinuxSocket.IoVector* vectors = (LinuxSocket.IoVector*)(_headers + BatchSize);
        for (int i = 0; i < BatchSize; i++)
        {
            vectors[i].Base = _slots + (i * SlotSize);
            vectors[i].Length = MaxDatagram;
            _headers[i].Header.Name = _names + (i * NameSize);
            _headers[i].Header.NameLength = NameSize;
            _headers[i].Header.Vectors = vectors + i;
            _headers[i].Header.VectorCount = 1;
        }
    }

    public override int Receive(int timeoutMs)
    {
        // Under load the queue is never empty and poll would be a call for nothing.
        if (_drained)
        {
            Gather();
            LinuxSocket.PollFd poll = new() { Fd = _fd, Events = LinuxSocket.PollIn };
            if (LinuxSocket.Poll(&poll, 1, timeoutMs) <= 0)
            {
                return 0;
            }
        }

        int count = LinuxSocket.ReceiveMany(_fd, _headers, BatchSize, LinuxSocket.MsgDontWait, null);
        _drained = count < BatchSize;
        if (count >= 0)
        {
            _windowCount += count;
            for (int i = 0; i < count; i++)
            {
                _windowBytes += _headers[i].Length + DatagramOverhead;
            }

            return count;
        }

        int error = Marshal.GetLastPInvokeError();
        switch (error)
        {
            case LinuxSocket.Eagain or LinuxSocket.Eintr:
                return 0;
            case LinuxSocket.Enomem or LinuxSocket.Enobufs or LinuxSocket.Econnrefused:
                // Passing: the machine is out of memory for the moment, or a keepalive was refused.
                Thread.Sleep(1);
                return 0;
            default:
                throw new KismetException(KismetErrorId.NetworkFailure, $"Receiving failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    public override ReadOnlySpan<byte> Message(int index) => new(_slots + (index * SlotSize), (int)_headers[index].Length);

    public override SensorAddress Sender(int index)
    {
        // The kernel left the length of what it wrote there; it is the same for every datagram of a socket, so the next call has room enough.
        ref LinuxSocket.MessageHeader header = ref _headers[index].Header;
        return SensorAddress.FromSockaddr(new ReadOnlySpan<byte>(header.Name, (int)Math.Min(header.NameLength, NameSize)), _family);
    }

    public override void Dispose()
    {
        if (_headers is null)
        {
            return;
        }

        NativeMemory.Free(_headers);
        NativeMemory.Free(_names);
        NativeMemory.AlignedFree(_slots);
        _headers = null;
        _names = null;
        _slots = null;
        _socket.SafeHandle.DangerousRelease();
    }

    private void Gather()
    {
        long now = Stopwatch.GetTimestamp();
        double ms = (now - _windowStart) / TicksPerMs;
        if (ms >= WindowMs)
        {
            _bytesPerMs = _windowBytes / ms;
            _gather = _windowCount >= GatherFrom * ms && _bytesPerMs <= _bufferBytes / GatherShare && now >= _holdOffUntil;
            _windowStart = now;
            _windowCount = 0;
            _windowBytes = 0;
        }

        if (!_gather)
        {
            return;
        }

        Thread.Sleep(1);
        long woken = Stopwatch.GetTimestamp();
        if (_bytesPerMs * (woken - now) / TicksPerMs > _bufferBytes / OversleptShare)
        {
            _gather = false;
            _holdOffUntil = woken + (long)(HoldOffMs * TicksPerMs);
        }
    }
}
