using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>A listener on a free loopback port with its thread; fails the test where the thread did.</summary>
internal sealed class RunningSource : IDisposable
{
    /// <summary>How long anything may take on a busy machine, milliseconds.</summary>
    public const int PatienceMs = 120_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _error;

    public RunningSource(TzspListenerOptions? options = null, IFrameSink? sink = null, bool portable = false)
    {
        options ??= new TzspListenerOptions { Address = IPAddress.Loopback };
        Sink = sink as RecordingSink ?? new RecordingSink();
        Source = portable ? new TzspSource(options with { Port = 0 }) { Portable = true } : new TzspSource(options with { Port = 0 });
        Source.Open();
        IFrameSink target = sink ?? Sink;
        _thread = new Thread(() =>
        {
            try
            {
                Source.Run(target, _stop.Token);
            }
            catch (Exception e)
            {
                _error = e;
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public TzspSource Source { get; }

    public RecordingSink Sink { get; }

    /// <summary>Sends from an address of loopback.</summary>
    public void Send(byte[] message, string from = "127.0.0.1") => Send([message], from);

    /// <summary>Sends from an address of loopback, all from one port.</summary>
    public void Send(IEnumerable<byte[]> messages, string from = "127.0.0.1")
    {
        IPAddress address = IPAddress.Parse(from);
        using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.SendBufferSize = 1 << 20;
        socket.Bind(new IPEndPoint(address, 0));
        IPAddress to = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        IPEndPoint target = new(to, Source.Port);
        foreach (byte[] message in messages)
        {
            socket.SendTo(message, target);
        }
    }

    /// <summary>Waits for so many datagrams received.</summary>
    public SourceCounters WaitReceived(long count) => WaitFor(c => c.Received >= count);

    public SourceCounters WaitFor(Predicate<SourceCounters> condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            SourceCounters counters = Source.ReadCounters();
            if (condition(counters))
            {
                return counters;
            }

            Assert.True(watch.ElapsedMilliseconds < PatienceMs, $"Waited {PatienceMs} ms; {counters.Received} received, {counters.KernelDropped} dropped by the kernel.");
            Assert.True(_error is null, _error?.ToString());
            Thread.Sleep(2);
        }
    }

    /// <summary>Stops, and waits for the end.</summary>
    public void Stop()
    {
        _stop.Cancel();
        Assert.True(_thread.Join(PatienceMs), "The receive thread did not end.");
        Assert.True(_error is null, _error?.ToString());
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join(PatienceMs);
        Source.Dispose();
        _stop.Dispose();
    }
}
