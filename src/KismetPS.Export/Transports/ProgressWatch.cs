using System.Diagnostics;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Export.Transports;

/// <summary>Tells a receiver that is slow (its machine answers: wait, and say so) from one that is gone (nothing answers: give up).</summary>
internal sealed class ProgressWatch(Socket socket, string target, TimeSpan patience, Action<KismetException> onStall)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(50);

    private long _looked;
    private long _progress = Stopwatch.GetTimestamp();
    private long _sent;
    private ulong _acknowledged;
    private ulong _before;
    private bool _told;

    /// <summary>Bytes that the other end's kernel has; null where the system does not tell.</summary>
    public long? Acknowledged { get; private set; }

    /// <summary>Begins to count: the connection is there, nothing is sent.</summary>
    public void Begin()
    {
        if (TcpState.TryRead(socket, out TcpState state))
        {
            _before = _acknowledged = state.BytesAcknowledged;
            Acknowledged = 0;
        }
    }

    /// <summary>Looks, not too often. Throws where the other end is gone.</summary>
    public void Look(long sent)
    {
        if (Stopwatch.GetElapsedTime(_looked) < s_every)
        {
            return;
        }

        Refresh(sent, out TcpState state, out bool known);
        if (_told || Stopwatch.GetElapsedTime(_progress) < patience)
        {
            if (known && state.IsUnanswered && state.SinceAnswer > patience)
            {
                throw ConnectionFailure.Dead(target);
            }

            return;
        }

        if (!known)
        {
            // It cannot be told here whether anybody is there: a new connection finds out.
            throw ConnectionFailure.Stalled(target, patience);
        }

        _told = true;
        onStall(ConnectionFailure.Stalled(target, patience));
    }

    /// <summary>Asks the kernel now.</summary>
    public void Refresh(long sent, out TcpState state, out bool known)
    {
        _looked = Stopwatch.GetTimestamp();
        known = TcpState.TryRead(socket, out state);
        bool moved = known ? state.BytesAcknowledged != _acknowledged : sent != _sent;
        _sent = sent;
        if (known)
        {
            _acknowledged = state.BytesAcknowledged;
            // The end of the stream is acknowledged like a byte.
            Acknowledged = Math.Min((long)(_acknowledged - _before), sent);
        }

        if (moved || Acknowledged == sent)
        {
            _progress = _looked;
            _told = false;
        }
    }
}
