using System.Text;
using System.Text.Json.Nodes;
using KismetPS.Bench.Corpora;
using KismetPS.TestKit.Web;

namespace KismetPS.Bench.Measures;

/// <summary>A scripted HTTP server with many devices of which some change from poll to poll: its port first, then its counters for each line it reads.</summary>
internal sealed class PollServeMeasure
{
    private readonly PolledRecords _records;
    private readonly int _changes;
    private int _next;
    private int _packets = 1_000_000;

    private PollServeMeasure(int devices, int changes) => (_records, _changes) = (new PolledRecords(devices), changes);

    /// <summary>Serves until standard input ends.</summary>
    public static void Run(int devices, int changes)
    {
        PollServeMeasure measure = new(devices, changes);
        using WebServer server = new(measure.Answer);
        Output.Put("port", server.Port);
        Output.Put("buffer", 0);
        Output.Ready();
        while (Console.In.ReadLine() is not null)
        {
            Output.Put("calls", server.Calls.Count);
            Output.Put("sent", server.Sent);
            Output.Put("most_in_flight", server.MostInFlight);
            Output.Ready();
        }
    }

    private WebReply Answer(WebCall call)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return call.Path switch
        {
            "/system/status.json" => WebReply.Json($"{{\"kismet.system.version\":\"2025.09.0\",\"kismet.system.timestamp.sec\":{now},\"kismet.system.timestamp.start_sec\":5,\"kismet.server.uuid\":\"U\"}}"),
            "/devices/views/all/devices.json" => Page(call),
            _ when call.Path.StartsWith("/devices/last-time/", StringComparison.Ordinal) => Poll(now),
            _ when call.Path.StartsWith("/alerts/", StringComparison.Ordinal) || call.Path.StartsWith("/messagebus/", StringComparison.Ordinal) || call.Path.StartsWith("/devices/", StringComparison.Ordinal) => WebReply.Json("[]"),
            _ => WebReply.Html(404),
        };
    }

    // The lines as an array: their ends become commas.
    private WebReply Page(WebCall call)
    {
        int size = int.Parse(call.Query["length"], System.Globalization.CultureInfo.InvariantCulture);
        int first = int.Parse(call.Query["page"], System.Globalization.CultureInfo.InvariantCulture) * size;
        int last = Math.Min(first + size, _records.Count);
        StringBuilder text = new("{\"data\": [");
        bool all = JsonNode.Parse(call.Json!)!["fields"]!.AsArray().Count > 10;
        for (int i = first; i < last; i++)
        {
            string line = Encoding.ASCII.GetString(_records[i]);
            text.Append(i == first ? "" : ",").Append(all ? line : Listed(line));
        }

        return WebReply.Json(text.Append($"],\"last_page\": {(_records.Count + size - 1) / size},\"last_row\": {_records.Count},\"total_row\": {_records.Count}}}").ToString());
    }

    private static string Listed(string line)
    {
        JsonNode record = JsonNode.Parse(line)!;
        return $"{{\"m\":\"{record["m"]}\",\"k\":\"{record["k"]}\",\"l\":{record["l"]},\"P\":{record["P"]}}}";
    }

    private WebReply Poll(long now)
    {
        int count = Math.Min(_changes, _records.Count);
        if (_next + count > _records.Count)
        {
            _next = 0;
        }

        _packets++;
        for (int i = _next; i < _next + count; i++)
        {
            _records.Touch(i, now, _packets % 10_000_000);
        }

        byte[] body = _records.Bytes[_records.Start(_next).._records.Start(_next + count)];
        _next += count;
        return new WebReply { Body = body };
    }
}
