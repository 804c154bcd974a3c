using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;
using KismetPS.Export;
using KismetPS.Export.Messages;

namespace KismetPS.Bench.Experiments;

/// <summary>Exports: messages written, messages delivered by format and transport, and ten thousand devices followed.</summary>
internal sealed class ExportExperiment(Options options)
{
    private const int Messages = 500_000;
    private const int Datagrams = 200_000;
    private const double TcpAim = 200_000;
    private const int Devices = 10_000;
    private const double CoreAim = 0.20;

    /// <summary>Measures and prints the table.</summary>
    public static void Run(Options options)
    {
        Console.WriteLine($"Medians of {options.Rounds} runs; messages written: processor time, one core; delivered and followed: live, loopback.");
        Console.WriteLine();
        Table.Write(new ExportExperiment(options).Rows(), Console.Out);
        Console.WriteLine();
        Console.WriteLine($"Load while measuring (1 min): {Bench.Load()}.");
    }

    private IEnumerable<Row> Rows() =>
    [
        .. new EncodeExperiment(options).Run(),
        .. Enum.GetValues<DeviceDataFormat>().SelectMany(f => Enum.GetValues<KismetExportProtocol>().Select(p => Delivered(f, p))),
        Followed(),
    ];

    private Row Delivered(DeviceDataFormat format, KismetExportProtocol protocol)
    {
        bool udp = protocol == KismetExportProtocol.Udp;
        int messages = udp ? Datagrams : Messages;
        Series rate = new();
        Series cpu = new();
        Series allocated = new();
        Series arrived = new();
        for (int round = 0; round < options.Rounds; round++)
        {
            IReadOnlyDictionary<string, long> n = Worker.Run(Lab.Self("export", format.ToString(), protocol.ToString(), messages.ToString(CultureInfo.InvariantCulture)));
            rate.Add(n["per_second"]);
            cpu.Add((double)n["cpu_ns"] / messages);
            allocated.Add((double)n["allocated"] / messages);
            arrived.Add((double)(udp ? n["received"] : n["delivered"]) / messages);
        }

        bool aimed = protocol == KismetExportProtocol.Tcp && format is DeviceDataFormat.Json or DeviceDataFormat.Simple;
        string got = udp ? $"{Units.Percent(arrived.Median)} arrived" : $"{Units.Percent(arrived.Median)} known to be read";
        return new Row
        {
            What = $"{(udp ? "sent" : "delivered")}, {format} over {protocol.ToString().ToUpperInvariant()}",
            Ours = $"{Units.Rate(rate.Median)}, {Units.Ns(cpu.Median)} processor and {Units.Number(allocated.Median)} bytes allocated a message, {got}",
            Aim = aimed ? Units.Rate(TcpAim) : "",
            Reached = aimed ? rate.Median >= TcpAim && arrived.Median == 1 : null,
            Noise = Units.Percent(rate.Spread),
        };
    }

    private Row Followed()
    {
        Series with = new();
        Series without = new();
        Series rate = new();
        Series allocated = new();
        for (int round = 0; round < options.Rounds; round++)
        {
            IReadOnlyDictionary<string, long> n = Worker.Run(Follow("on"));
            with.Add((double)n["cpu_ns"] / n["elapsed_ns"]);
            rate.Add(n["sent"] / (n["elapsed_ns"] / 1e9));
            allocated.Add((double)n["allocated"] / Math.Max(1, n["sent"]));
            IReadOnlyDictionary<string, long> alone = Worker.Run(Follow("off"));
            without.Add((double)alone["cpu_ns"] / alone["elapsed_ns"]);
        }

        return new Row
        {
            What = $"{Devices} devices followed, each changing every second, Json over TCP",
            Ours = $"{Units.Rate(rate.Median)}, {Units.Percent(with.Median)} of a core, of that {Units.Percent(without.Median)} listening and tracking; {Units.Number(allocated.Median)} bytes allocated a message",
            Aim = $"{Units.Percent(CoreAim)} of a core",
            Reached = with.Median < CoreAim && rate.Median > Devices * 0.95,
            Noise = Units.Percent(with.Spread),
        };
    }

    private static IReadOnlyList<string> Follow(string export) =>
        Lab.Self("follow", nameof(DeviceDataFormat.Json), Devices.ToString(CultureInfo.InvariantCulture), "10", export);
}
