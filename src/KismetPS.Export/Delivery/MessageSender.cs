using System.Diagnostics;
using System.Net;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Transports;

namespace KismetPS.Export.Delivery;

/// <summary>Takes messages from a store to a receiver, on a thread of its own, as often as it takes.</summary>
internal sealed class MessageSender : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_confirmEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_goodConnection = TimeSpan.FromSeconds(5);

    private const int BatchSize = 256;

    private readonly ExportOptions _options;
    private readonly MessageStore _store;
    private readonly DeliveryLog _log;
    private readonly string _target;
    private readonly int _batch;
    private readonly bool _givesUp;
    private readonly BackOff _backOff;
    private readonly CancellationTokenSource _abort = new();
    private readonly object _end = new();
    private readonly Thread _thread;
    private volatile IConnection? _connection;
    private volatile bool _finishing;
    private volatile bool _ended;
    private long _bytesBefore;
    private long _refusedBefore;
    private long _tooLongBefore;
    private long _connections;
    private long _deadline = long.MaxValue;
    private bool _disposed;
    private Exception? _defect;

    /// <summary>Makes one.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="store">What.</param>
    /// <param name="target">The receiver, for messages.</param>
    /// <param name="log">Told of failures.</param>
    /// <param name="givesUp">Whether a list is sent once: what cannot become better by waiting (a name that does not resolve, a certificate) ends it, and a receiver that has read all of it may go.</param>
    public MessageSender(ExportOptions options, MessageStore store, string target, DeliveryLog log, bool givesUp)
    {
        _options = options;
        _store = store;
        _target = target;
        _log = log;
        _givesUp = givesUp;
        _batch = options.BatchSize > 0 ? options.BatchSize : options.Protocol == KismetExportProtocol.Udp ? 1 : BatchSize;
        _backOff = new BackOff(options.FirstBackOff, options.MostBackOff);
        _thread = new Thread(Body) { IsBackground = true, Name = "export to " + target };
    }

    /// <summary>The other end, null while there is no connection.</summary>
    public IPEndPoint? RemoteEndPoint => _connection?.RemoteEndPoint;

    /// <summary>Connections made.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Bytes given to the system.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesBefore) + (_connection?.BytesSent ?? 0);

    /// <summary>Datagrams refused.</summary>
    public long Refused => Interlocked.Read(ref _refusedBefore) + ((_connection as DatagramConnection)?.Refused ?? 0);

    /// <summary>Messages that fit no datagram.</summary>
    public long TooLong => Interlocked.Read(ref _tooLongBefore) + ((_connection as DatagramConnection)?.TooLong ?? 0);

    /// <summary>Whether the thread has ended.</summary>
    public bool HasEnded => _ended;

    public void Start() => _thread.Start();

    /// <summary>The store is complete, or will be at once: ends when all is delivered, or after this time, or what was said before where that is less. Any thread.</summary>
    public void Finish(TimeSpan most)
    {
        long deadline = Stopwatch.GetTimestamp() + (long)(most.TotalSeconds * Stopwatch.Frequency);
        lock (_end)
        {
            _finishing = true;
            if (!_disposed && deadline < Interlocked.Read(ref _deadline))
            {
                Interlocked.Exchange(ref _deadline, deadline);
                _abort.CancelAfter(most);
            }
        }
    }

    /// <summary>Ends now.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Waits for the end; true if it has come. A defect of ours is thrown here.</summary>
    public bool Join(TimeSpan most)
    {
        bool ended = _thread.Join(most);
        return ended && _defect is not null ? throw new InvalidOperationException(_defect.Message, _defect) : ended;
    }

    public void Dispose()
    {
        _abort.Cancel();
        if (_ended || _thread.Join(TimeSpan.FromSeconds(2)))
        {
            lock (_end)
            {
                _disposed = true;
                _abort.Dispose();
            }
        }
    }

    private void Body()
    {
        try
        {
            Run();
        }
        catch (OperationCanceledException)
        {
            // The time to end has come while a connection was being made.
        }
#pragma warning disable CA1031 // a thread of ours: what it does not catch takes the process down
        catch (Exception e)
#pragma warning restore CA1031
        {
            _defect = e;
            _log.Add(new KismetException(KismetErrorId.InternalFailure, e.Message, "This is a defect; please report it with the details.", e));
        }
        finally
        {
            _ended = true;
        }
    }

    private void Run()
    {
        while (!_store.IsSettled && !_abort.IsCancellationRequested)
        {
            long begin = Stopwatch.GetTimestamp();
            bool reached = false;
            try
            {
                using IConnection connection = Open();
                reached = true;
                using CancellationTokenRegistration abort = _abort.Token.Register(connection.Abort);
                begin = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref _connections);
                _connection = connection;
                _store.Rewind();
                try
                {
                    if (Pump(connection))
                    {
                        return;
                    }
                }
                finally
                {
                    Leave(connection);
                }
            }
            catch (KismetException e) when (!_abort.IsCancellationRequested)
            {
                // What was received is known only here, behind the finally above.
                if (_givesUp && e.Id == KismetErrorId.ConnectionClosed && _store.IsIdle)
                {
                    // It has read all there is of a list and gone: nothing is wrong. Whether it is missed is known when there is more to send.
                    WaitForMore();
                }
                else
                {
                    _log.Add(e);
                }

                if (_givesUp && e.Id is KismetErrorId.HostNotFound or KismetErrorId.TlsFailure or KismetErrorId.CertificateExpired or KismetErrorId.PermissionDenied)
                {
                    return;
                }
            }
            catch (KismetException)
            {
                return;
            }

            if (_finishing && !reached && _store.IsSpooled)
            {
                // Nobody is there, and it is safe where it is; the next export from that folder sends it.
                return;
            }

            if (Stopwatch.GetElapsedTime(begin) > s_goodConnection)
            {
                _backOff.Reset();
            }

            if (!_store.IsSettled)
            {
                _abort.Token.WaitHandle.WaitOne(_backOff.Next());
            }
        }
    }

    private void WaitForMore()
    {
        while (_store.IsIdle && !_store.IsSettled && !_abort.IsCancellationRequested)
        {
            _store.Wait(s_look);
        }
    }

    private IConnection Open() => _options.Protocol == KismetExportProtocol.Udp
        ? DatagramConnection.Open(_options, _target, _log.Add, _abort.Token)
        : StreamConnection.Open(_options, _target, _log.Add, _abort.Token);

    // True where all is done.
    private bool Pump(IConnection connection)
    {
        long confirmed = Stopwatch.GetTimestamp();
        bool told = false;
        while (true)
        {
            _abort.Token.ThrowIfCancellationRequested();
            connection.Check();
            int taken = _store.Take(connection, _batch);
            if (taken > 0)
            {
                connection.Send();
            }

            if (!told)
            {
                told = true;
                _log.Recovered();
            }

            if (Stopwatch.GetElapsedTime(confirmed) > s_confirmEvery)
            {
                confirmed = Stopwatch.GetTimestamp();
                _store.Confirm(connection.Confirmed);
            }

            if (taken > 0)
            {
                continue;
            }

            if (_store.IsDrained)
            {
                // Whether the other end said so or the time is over: there is nothing more to do.
                connection.Finish(Remaining());
                return true;
            }

            _store.Wait(s_look);
        }
    }

    private void Leave(IConnection connection)
    {
        connection.Settle();
        _store.Confirm(connection.Confirmed);
        _connection = null;
        Interlocked.Add(ref _bytesBefore, connection.BytesSent);
        if (connection is DatagramConnection datagrams)
        {
            Interlocked.Add(ref _refusedBefore, datagrams.Refused);
            Interlocked.Add(ref _tooLongBefore, datagrams.TooLong);
        }
    }

    private TimeSpan Remaining()
    {
        long left = Interlocked.Read(ref _deadline) - Stopwatch.GetTimestamp();
        return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min((double)left / Stopwatch.Frequency, _options.Timeout.TotalSeconds));
    }
}
