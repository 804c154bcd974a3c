using System.Text;
using KismetPS.Capture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Server;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Server;

/// <summary>A real session behind a real hub; the test is the clock and the clients.</summary>
internal sealed class HubRig : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    public static readonly MacAddress Ap = MacAddress.Parse("00:0C:41:82:B2:55");
    public static readonly MacAddress Station = MacAddress.Parse("00:0D:93:82:36:3A");
    public static readonly MacAddress Prober = MacAddress.Parse("64:BC:0C:50:13:A9");

    private readonly ScriptedCapture _session = ScriptedCapture.Start();
    private readonly FrameOrigin _sensor;
    private int _heard;

    public HubRig(TextEra era = TextEra.Unknown, bool control = false, int queue = 1 << 20, Action? shutdown = null, int sessions = 1)
    {
        _sensor = _session.AddOrigin("sensor1", "roof");
        Hub = new TextHub([_session, .. Enumerable.Range(1, sessions - 1).Select(_ => Other())], new TextHubOptions
        {
            ServerName = "LegacyKismet2016", StartTime = Start, Era = era, StableVersion = "2005.08.R1", UserId = 0, AllowControl = control, QueueBytes = queue, Shutdown = shutdown,
        });
    }

    public TextHub Hub { get; }

    public List<(ScriptedCapture Session, FrameOrigin Sensor)> Others { get; } = [];

    public static string Text(ClientConversation conversation)
    {
        StringBuilder text = new();
        while (conversation.TryTake(out ReadOnlyMemory<byte> bytes))
        {
            text.Append(Encoding.Latin1.GetString(bytes.Span));
        }

        return text.ToString();
    }

    public static string Say(ClientConversation conversation, string command)
    {
        conversation.Receive(Encoding.Latin1.GetBytes(command));
        return Text(conversation);
    }

    /// <summary>An access point with a station in it and a device that asks for a name.</summary>
    public void HearSome()
    {
        Hear(FrameBuilder.Beacon(Ap, "Coherer", 1, SecurityPreset.Wpa2Psk).Build());
        Hear(FrameBuilder.ToDs(Ap, Station, Ap).Protect(DataProtection.Ccmp).Body(new byte[20]).Build());
        Hear(FrameBuilder.ProbeRequest(Prober, "my home").Build());
        Tick();
    }

    public void Hear(byte[] frame)
    {
        _session.Add(_sensor, frame);
        Await(_session, ++_heard);
    }

    public void Tick() => Hub.Tick(Start.AddSeconds(5));

    public static void Await(ScriptedCapture session, int frames)
    {
        for (int i = 0; session.Statistics.Decoded < frames; i++)
        {
            Assert.True(i < 12_000, "the session took no frame");
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        Hub.Dispose();
        _session.Dispose();
        Others.ForEach(static o => o.Session.Dispose());
    }

    private ScriptedCapture Other()
    {
        ScriptedCapture other = ScriptedCapture.Start();
        Others.Add((other, other.AddOrigin("sensor2")));
        return other;
    }
}
