using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using KismetPS.Capture;
using KismetPS.Kismet.Rest;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>
/// One connection, from the first frame to its end. The session's thread sends packets; what the server says is read and answered beside it, since a
/// server that gets no pong for fifteen seconds closes the source.
/// </summary>
internal sealed class RemoteLink : IDisposable
{
    private static readonly TimeSpan s_reason = TimeSpan.FromMilliseconds(500);

    private readonly RemoteConnection _connection;
    private readonly RemoteDialogue _dialogue;
    private readonly RestCredential _credential;
    private readonly string _server;
    private readonly TimeSpan _silence;
    private readonly ExternalFramer _framer = new();
    private readonly object _gate = new();
    private readonly SemaphoreSlim _write = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _answers = new(1024);
    private readonly long _began = Stopwatch.GetTimestamp();
    private Task _reading = Task.CompletedTask;
    private KismetException? _failure;

    private RemoteLink(RemoteConnection connection, RemoteDialogue dialogue, RestCredential credential, RemoteCaptureOptions options, string server)
    {
        _connection = connection;
        _dialogue = dialogue;
        _credential = credential;
        _server = server;
        _silence = options.SilenceTimeout;
        Ended = _ended.Token;
    }

    /// <summary>Cancelled when the connection has ended; <see cref="Failure"/> says why.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Why it ended, null while it has not.</summary>
    public KismetException? Failure => Volatile.Read(ref _failure);

    /// <summary>How long it has been there.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_began);

    /// <summary>Connects, says what we are and waits until the server opens the source. Throws <see cref="KismetException"/>.</summary>
    public static async Task<RemoteLink> OpenAsync(RemoteCaptureOptions options, RemoteDialogue dialogue, RestCredential credential, string server, CancellationToken stop)
    {
        RemoteConnection connection = await RemoteConnection.OpenAsync(options, credential, stop).ConfigureAwait(false);
        RemoteLink link = new(connection, dialogue, credential, options, server);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Server.ConnectTimeout);
        try
        {
            ArrayBufferWriter<byte> first = new();
            dialogue.Begin(first);
            await connection.WriteAsync(first.WrittenMemory, limit.Token).ConfigureAwait(false);
            while (!dialogue.IsOpen)
            {
                await link.ReadOnceAsync(limit.Token).ConfigureAwait(false);
            }

            link._reading = Task.Run(link.ReadAsync, CancellationToken.None);
            return link;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            link.Dispose();
            throw new KismetException(
                KismetErrorId.ConnectionTimeout,
                string.Create(CultureInfo.InvariantCulture, $"{server} took the connection and did not open the source within {options.Server.ConnectTimeout.TotalSeconds:0.#} seconds."),
                "Check that a Kismet server of 2025 or later listens there for remote captures; -Timeout gives it more time.");
        }
        catch (Exception e) when (IsNetwork(e))
        {
            link.Dispose();
            throw link.Refused(e);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Makes packets under the gate of the dialogue, which the answers share.</summary>
    public T Under<T>(Func<RemoteDialogue, T> make)
    {
        lock (_gate)
        {
            return make(_dialogue);
        }
    }

    /// <summary>Sends whole frames; waits while the server takes none. False: the connection has ended.</summary>
    public bool TryWrite(ReadOnlyMemory<byte> frames)
    {
        try
        {
            WriteAsync(frames).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (IsNetwork(e) || e is OperationCanceledException)
        {
            // Where the server closed it, it may have said why; that is told to the reader.
            _reading.Wait(s_reason);
            End(Lost(e));
            return false;
        }
    }

    /// <summary>Says that nothing follows and waits a moment for the server to close, so that what was sent is not lost with the connection.</summary>
    public void Finish(string reason, TimeSpan patience)
    {
        ArrayBufferWriter<byte> last = new();
        lock (_gate)
        {
            _dialogue.End(last, reason);
        }

        // The peer may have stopped reading: then nothing more can be said to it.
        long began = Stopwatch.GetTimestamp();
        Task writing = Task.Run(() => TryWrite(last.WrittenMemory), CancellationToken.None);
        if (writing.Wait(patience))
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(began);
            _reading.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>Gives it so long, whatever is under way.</summary>
    public void EndAfter(TimeSpan time) => _ended.CancelAfter(time);

    public void Dispose()
    {
        End(null);
        _connection.Dispose();
        _reading.Wait(TimeSpan.FromSeconds(2));
    }

    private static bool IsNetwork(Exception e) => e is IOException or SocketException or WebSocketException or ObjectDisposedException or InvalidOperationException;

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> frames)
    {
        await _write.WaitAsync(Ended).ConfigureAwait(false);
        try
        {
            await _connection.WriteAsync(frames, Ended).ConfigureAwait(false);
        }
        finally
        {
            _write.Release();
        }
    }

    private async Task ReadAsync()
    {
        using CancellationTokenSource silence = new();
        try
        {
            while (!Ended.IsCancellationRequested)
            {
                silence.CancelAfter(_silence);
                await ReadOnceAsync(silence.Token).ConfigureAwait(false);
                if (!silence.TryReset())
                {
                    break;
                }
            }
        }
        catch (KismetException e)
        {
            End(e);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            End(new KismetException(
                KismetErrorId.ConnectionDead,
                string.Create(CultureInfo.InvariantCulture, $"{_server} said nothing for {_silence.TotalSeconds:0.#} seconds."),
                "A server pings its sources every five seconds; check the network and whether the server stands still."));
        }
        catch (Exception e) when (IsNetwork(e) || e is OperationCanceledException)
        {
            End(Lost(e));
        }
    }

    private async Task ReadOnceAsync(CancellationToken cancel)
    {
        int count = await _connection.ReadAsync(_received, cancel).ConfigureAwait(false);
        if (count == 0)
        {
            throw _dialogue.IsOpen ? Closed() : Refused(null);
        }

        Take(count);
        if (_answers.WrittenCount > 0)
        {
            await WriteAsync(_answers.WrittenMemory).ConfigureAwait(false);
            _answers.ResetWrittenCount();
        }
    }

    private void Take(int count)
    {
        ReadOnlySpan<byte> input = _received.AsSpan(0, count);
        lock (_gate)
        {
            while (true)
            {
                ExternalFrameStatus status = _framer.Read(ref input, out ExternalFrame frame);
                switch (status)
                {
                    case ExternalFrameStatus.Ok:
                        break;
                    case ExternalFrameStatus.More:
                        return;
                    default:
                        throw Unknown(status);
                }

                switch (_dialogue.Take(frame, _answers))
                {
                    case RemoteDialogueStatus.Ok:
                        continue;
                    case RemoteDialogueStatus.Ended:
                        throw Closed();
                    case RemoteDialogueStatus.Failed:
                        throw new KismetException(KismetErrorId.SourceRefused, $"{_server} tells of a failure of the source{Words}.", "The messages of the server say more.");
                    default:
                        throw new KismetException(KismetErrorId.AnswerInvalid, $"{_server} sent a frame that cannot be read.", "Check that a Kismet server of a release that is known listens there: 2025 and later.");
                }
            }
        }
    }

    /// <summary>The first reason is the one that counts: what follows it is its consequence.</summary>
    private void End(KismetException? why)
    {
        if (why is not null)
        {
            Interlocked.CompareExchange(ref _failure, why, null);
        }

        _ended.Cancel();
    }

    private string Words => _dialogue.ServerText is { Length: > 0 } text ? $": {_credential.Scrub(System.Text.Encoding.UTF8.GetString(text).TrimEnd('\0'))}" : string.Empty;

    private KismetException Closed() => new(
        KismetErrorId.ConnectionClosed,
        $"{_server} closed the source{Words}.",
        "It was closed there, the server ended, or another source of the same identity took its place: -SourceName tells sources apart.");

    private KismetException Lost(Exception e) => new(KismetErrorId.ConnectionLost, $"The connection to {_server} was lost: {_credential.Scrub(e.Message)}", "Check the network and the server.", e);

    private KismetException Refused(Exception? inner) => new(
        KismetErrorId.SourceRefused,
        $"{_server} closed the connection instead of opening the source{Words}.",
        "Its messages say why: it has no driver for the type (-SourceType), the identity is that of a source of another type (-SourceName, -SourceUuid), it is of before 2025 and speaks "
        + "another protocol, or the port is not the one for remote captures (3501; 2501 needs -Protocol WebSocket).",
        inner);

    private KismetException Unknown(ExternalFrameStatus status) => status == ExternalFrameStatus.OtherVersion
        ? new KismetException(KismetErrorId.ServerUnknown, $"{_server} speaks another version of the protocol for remote captures.", "Version 3 is known, which servers speak since 2025. A drone of before 2017 uses the same port: Connect-KismetDrone takes frames from it.")
        : new KismetException(KismetErrorId.ServerUnknown, $"What listens at {_server} takes no remote captures.", "A Kismet server of 2025 or later is expected, on its port for remote captures (3501), or with -Protocol WebSocket on its HTTP port (2501).");
}
