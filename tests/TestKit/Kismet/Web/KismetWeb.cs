#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace KismetPS.TestKit.Web;

/// <summary>
/// A server that behaves as the recorded one of 2025-09: logins and roles, devices with fields picked on the server, pages that begin again past the
/// end, seconds, error text that says it is JSON, an event bus that sends long messages in fragments. What it tells is put in by the test: recorded
/// answers, or records of its own. <see cref="Tamper"/> makes it go wrong.
/// </summary>
public sealed class KismetWeb : IDisposable
{
    private const string DeviceKey = "kismet.device.base.key";
    private const string LastTime = "kismet.device.base.last_time";

    private readonly object _gate = new();
    private readonly ConcurrentDictionary<int, KismetWebListener> _listeners = new();
    private WebServer _server;
    private int _listenerNumber;

    /// <summary>Starts it.</summary>
    public KismetWeb(int? seed = null, X509Certificate2? certificate = null, string prefix = "")
        : this(0, seed, certificate, prefix)
    {
    }

    private KismetWeb(int port, int? seed, X509Certificate2? certificate, string prefix)
    {
        Prefix = prefix;
        _server = new WebServer(Answer, port, certificate, seed);
    }

    /// <summary>Starts one on a port that nobody takes while it is away.</summary>
    public static KismetWeb On(int port) => new(port, null, null, "");

    /// <summary>TCP port.</summary>
    public int Port => _server.Port;

    /// <summary>What is under it.</summary>
    public WebServer Http => _server;

    /// <summary>Path a proxy puts before everything.</summary>
    public string Prefix { get; }

    /// <summary>Full records by key, in the order they were added.</summary>
    public List<JsonObject> Devices { get; } = new();

    /// <summary>Records of alerts.</summary>
    public List<JsonObject> Alerts { get; } = new();

    /// <summary>Records of messages.</summary>
    public List<JsonObject> Messages { get; } = new();

    /// <summary>Records of sources.</summary>
    public List<JsonObject> Sources { get; } = new();

    /// <summary>Answers of paths that are fixed.</summary>
    public Dictionary<string, string> Fixed { get; } = new();

    /// <summary>Names of fields that exist; empty: all.</summary>
    public HashSet<string> Registered { get; } = new();

    /// <summary>Password of the user <c>kismet</c>; null: nobody has to log in.</summary>
    public string? Password { get; set; }

    /// <summary>Keys and their roles.</summary>
    public Dictionary<string, string> Keys { get; } = new();

    /// <summary>Its number; another one means that the program was started again.</summary>
    public string ServerId { get; set; } = "B4CC01E4-E583-11F1-BC75-4B49534D4554";

    /// <summary>When it was started.</summary>
    public long StartSeconds { get; set; } = 1795248997;

    /// <summary>Its clock less ours.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Whether it has an event bus.</summary>
    public bool HasBus { get; set; } = true;

    /// <summary>Whether it packs answers.</summary>
    public bool Gzip { get; set; }

    /// <summary>Changes an answer before it goes out.</summary>
    public Func<WebCall, WebReply, WebReply>? Tamper { get; set; }

    /// <summary>Requests for devices that named no fields: each would stall a large server.</summary>
    public ConcurrentQueue<WebCall> Unnamed { get; } = new();

    /// <summary>Commands it was given: path and JSON.</summary>
    public ConcurrentQueue<(string Path, string Json)> Commands { get; } = new();

    /// <summary>Listeners of the event bus with all their topics.</summary>
    public int Listeners => _listeners.Values.Count(l => l.Topics.ContainsKey("NEW_DEVICE"));

    /// <summary>Its clock.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + Skew;

    /// <summary>Fills it with the recorded answers of a real server.</summary>
    public KismetWeb Load(string samples)
    {
        Devices.AddRange(Records(samples, "devices-last-time-0.json"));
        Alerts.AddRange(Records(samples, "alerts-all_alerts.json"));
        Messages.AddRange(Records(samples, "messagebus-all_messages.json"));
        Sources.AddRange(Records(samples, "datasource-all_sources.json"));
        foreach ((string path, string file) in new[]
        {
            ("/gps/location.json", "gps-location.json"), ("/channels/channels.json", "channels-channels.json"), ("/datasource/types.json", "datasource-types.json"),
            ("/phy/all_phys.json", "phy-all_phys.json"), ("/devices/views/all_views.json", "devices-views-all_views.json"), ("/alerts/definitions.json", "alerts-definitions.json"),
        })
        {
            Fixed[path] = File.ReadAllText(Path.Combine(samples, file));
        }

        foreach (string line in File.ReadLines(Path.Combine(samples, "system-tracked_fields.txt")))
        {
            foreach (string word in line.Split('<', '>', ' ', '"', ','))
            {
                if (word.Contains('.'))
                {
                    Registered.Add(word);
                }
            }
        }

        return this;
    }

    /// <summary>Adds a device, or puts it in place of the one of its key; tells the event bus of a new one.</summary>
    public void Put(string json)
    {
        JsonObject record = JsonNode.Parse(json)!.AsObject();
        bool added;
        lock (_gate)
        {
            int at = Devices.FindIndex(d => Text(d, DeviceKey) == Text(record, DeviceKey));
            added = at < 0;
            if (added)
            {
                Devices.Add(record);
            }
            else
            {
                Devices[at] = record;
            }
        }

        if (added)
        {
            Publish("NEW_DEVICE", json);
        }
    }

    /// <summary>Changes a field of a device, and the time it was last heard.</summary>
    public void Set(string key, string field, JsonNode value, long? seconds = null)
    {
        lock (_gate)
        {
            JsonObject record = Devices.First(d => Text(d, DeviceKey) == key);
            record[field] = value;
            record[LastTime] = seconds ?? Now.ToUnixTimeSeconds();
        }
    }

    /// <summary>Drops a device.</summary>
    public void Drop(string key)
    {
        lock (_gate)
        {
            Devices.RemoveAll(d => Text(d, DeviceKey) == key);
        }
    }

    /// <summary>Adds an alert; tells the event bus unless it is not to.</summary>
    public void Alert(string json, bool quietly = false)
    {
        lock (_gate)
        {
            Alerts.Add(JsonNode.Parse(json)!.AsObject());
        }

        if (!quietly)
        {
            Publish("ALERT", json);
        }
    }

    /// <summary>Tells all listeners of a topic.</summary>
    public void Publish(string topic, string json)
    {
        foreach (KismetWebListener listener in _listeners.Values)
        {
            if (listener.Topics.TryGetValue(topic, out JsonArray? fields))
            {
                string value = fields is null ? json : Pick(JsonNode.Parse(json)!.AsObject(), fields);
                listener.Send($"{{\"{topic}\": {value}}}");
            }
        }
    }

    /// <summary>Sends a raw message to all listeners.</summary>
    public void PublishRaw(string message)
    {
        foreach (KismetWebListener listener in _listeners.Values)
        {
            listener.Send(message);
        }
    }

    /// <summary>Cuts the event bus of all listeners.</summary>
    public void CutBus()
    {
        foreach (KismetWebListener listener in _listeners.Values)
        {
            listener.Socket.Abort();
        }
    }

    /// <summary>Goes away: nothing listens any more.</summary>
    public void Stop() => _server.Dispose();

    /// <summary>Comes back on the same port.</summary>
    public void Start()
    {
        int port = _server.Port;
        _listeners.Clear();
        _server = new WebServer(Answer, port);
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private static IEnumerable<JsonObject> Records(string samples, string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(samples, file)))!.AsArray().Select(n => n!.AsObject());

    private static string Text(JsonObject record, string field) => record[field] is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty;

    // A node knows its number as the type it was made of.
    internal static double Number(JsonNode? node) => double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);

    private WebReply Answer(WebCall call)
    {
        WebReply reply = Plain(call);
        reply.Headers["Last-Modified"] = Now.ToString("r", CultureInfo.InvariantCulture);
        reply.Gzip = Gzip;
        return Tamper?.Invoke(call, reply) ?? reply;
    }

    private WebReply Plain(WebCall call)
    {
        if (!call.Path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return WebReply.Html(404);
        }

        string path = call.Path[Prefix.Length..];
        if (path == "/session/check_setup_ok")
        {
            return WebReply.Json("Login configured in global config", 406);
        }

        string? role = Role(call);
        if (role is null)
        {
            return WebReply.Html(401, "<p>This resource requires a login or session token.</p>");
        }

        bool command = path.EndsWith(".cmd", StringComparison.Ordinal);
        if (role != "admin" && (command || role != "readonly" || path == "/session/check_login") && path != "/session/check_session")
        {
            return WebReply.Html(401, "<p>This resource requires a login or session token.</p>");
        }

        lock (_gate)
        {
            return path == "/eventbus/events.ws" ? Bus()
                : Fixed.TryGetValue(path, out string? text) ? WebReply.Json(text)
                : command ? Command(path, call.Json ?? "{}")
                : path.StartsWith("/devices/", StringComparison.Ordinal) ? OfDevices(call, path)
                : Other(path);
        }
    }

    private WebReply Other(string path)
    {
        string[] parts = path.Split('/');
        return path switch
        {
            "/session/check_session" => WebReply.Json("Session valid"),
            "/session/check_login" => WebReply.Json("Login valid"),
            "/system/status.json" => WebReply.Json(Status()),
            "/system/timestamp.json" => WebReply.Json(Timestamp()),
            "/gps/location.json" => WebReply.Json("{\"kismet.common.location.fix\": 0}"),
            "/channels/channels.json" => WebReply.Json("{\"kismet.channeltracker.channel_map\": {},\"kismet.channeltracker.frequency_map\": {}}"),
            "/datasource/all_sources.json" => WebReply.Json(new JsonArray(Sources.Select(s => s.DeepClone()).ToArray()).ToJsonString()),
            _ when path.StartsWith("/alerts/last-time/", StringComparison.Ordinal) => Since(Alerts, "kismet.alert.timestamp", parts[3]),
            _ when path.StartsWith("/messagebus/last-time/", StringComparison.Ordinal) => Since(Messages, "kismet.messagebus.message_time", parts[3]),
            _ => WebReply.Html(404),
        };
    }

    private WebReply Since(List<JsonObject> records, string field, string from)
    {
        double since = double.Parse(from, CultureInfo.InvariantCulture);
        since = since < 0 ? Now.ToUnixTimeSeconds() + since : since;
        return WebReply.Json("[" + string.Join(',', records.Where(r => Number(r[field]) >= since).Select(r => r.ToJsonString())) + "]");
    }

    private string Status() => new JsonObject
    {
        ["kismet.system.timestamp.sec"] = Now.ToUnixTimeSeconds(),
        ["kismet.system.timestamp.usec"] = Now.Millisecond * 1000,
        ["kismet.system.timestamp.start_sec"] = StartSeconds,
        ["kismet.system.memory.rss"] = 37128,
        ["kismet.system.devices.count"] = Devices.Count,
        ["kismet.system.version"] = "2025.09.0-b5d5a2d04",
        ["kismet.system.server_name"] = "lab",
        ["kismet.server.uuid"] = ServerId,
    }.ToJsonString();

    private string Timestamp() => $"{{\"kismet.system.timestamp.sec\": {Now.ToUnixTimeSeconds()},\"kismet.system.timestamp.usec\": 1}}";

    private string? Role(WebCall call)
    {
        if (Password is null && Keys.Count == 0)
        {
            return "admin";
        }

        if (call.Headers.TryGetValue("Authorization", out string? login))
        {
            // "basic" is not known, nor is Bearer.
            return login == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("kismet:" + Password)) ? "admin" : null;
        }

        if (call.Headers.TryGetValue("Cookie", out string? cookie))
        {
            return cookie.StartsWith("KISMET=", StringComparison.Ordinal) && Keys.TryGetValue(cookie["KISMET=".Length..], out string? role) ? role : null;
        }

        return call.Query.TryGetValue("KISMET", out string? token) && Keys.TryGetValue(token, out string? own) ? own : null;
    }

    private WebReply OfDevices(WebCall call, string path)
    {
        JsonObject? wish = null;
        try
        {
            wish = call.Json is { } json ? JsonNode.Parse(json) as JsonObject : null;
        }
        catch (JsonException)
        {
            // Ignored without a word: the answer is that of a request that asks for everything.
        }

        JsonArray? fields = wish?["fields"] as JsonArray;
        if (fields is null && !path.Contains("/by-", StringComparison.Ordinal))
        {
            Unnamed.Enqueue(call);
        }

        string[] parts = path.Split('/');
        IEnumerable<JsonObject> records = Devices;
        int time = Array.IndexOf(parts, "last-time");
        if (time > 0)
        {
            long since = long.Parse(parts[time + 1], CultureInfo.InvariantCulture);
            since = since < 0 ? Now.ToUnixTimeSeconds() + since : since;
            records = records.Where(r => Number(r[LastTime]) >= since);
        }
        else if (path == "/devices/multikey/devices.json")
        {
            HashSet<string> keys = (wish?["devices"] as JsonArray ?? new JsonArray()).Select(n => n!.GetValue<string>()).ToHashSet();
            records = records.Where(r => keys.Contains(Text(r, DeviceKey)));
        }
        else if (parts.Length == 5 && parts[2] == "by-key")
        {
            JsonObject? record = Devices.Find(d => Text(d, DeviceKey) == parts[3]);
            return record is null ? WebReply.Error("nonexistent device key") : WebReply.Json(record.ToJsonString());
        }
        else if (!path.StartsWith("/devices/views/all/devices.", StringComparison.Ordinal) && !path.StartsWith("/devices/all_devices.", StringComparison.Ordinal))
        {
            return WebReply.Html(404);
        }

        string Shown(JsonObject record) => fields is null ? record.ToJsonString() : Pick(record, fields);
        if (path.EndsWith(".itjson", StringComparison.Ordinal))
        {
            return WebReply.Json(string.Concat(records.Select(r => Shown(r) + "\n")));
        }

        if (!call.Query.TryGetValue("length", out string? length))
        {
            return WebReply.Json("[" + string.Join(',', records.Select(Shown)) + "]");
        }

        int size = int.Parse(length, CultureInfo.InvariantCulture);
        int page = int.Parse(call.Query["page"], CultureInfo.InvariantCulture);
        int pages = (Devices.Count + size - 1) / size;
        page = page >= pages ? 0 : page;
        return WebReply.Json(
            $"{{\"data\": [{string.Join(',', Devices.Skip(page * size).Take(size).Select(Shown))}],\"last_page\": {pages},\"last_row\": {Devices.Count},\"total_row\": {Devices.Count}}}");
    }

    private string Pick(JsonObject record, JsonArray fields) => KismetWebFields.Pick(record, fields, Registered);

    private WebReply Command(string path, string json)
    {
        Commands.Enqueue((path, json));
        string[] parts = path.Split('/');
        JsonNode? wish = JsonNode.Parse(json);
        if (path == "/datasource/add_source.cmd")
        {
            string definition = wish!["definition"]!.GetValue<string>();
            if (definition.StartsWith("/no/", StringComparison.Ordinal))
            {
                Messages.Add(new JsonObject
                {
                    ["kismet.messagebus.message_string"] = $"Unable to open {definition}: no such file",
                    ["kismet.messagebus.message_flags"] = 4,
                    ["kismet.messagebus.message_time"] = Now.ToUnixTimeSeconds(),
                });
                return WebReply.Json("{}", 500);
            }

            JsonObject made = new()
            {
                ["kismet.datasource.uuid"] = $"5FE308BD-0000-0000-0000-{Sources.Count:D12}",
                ["kismet.datasource.definition"] = definition,
                ["kismet.datasource.interface"] = definition.Split(':')[0],
                ["kismet.datasource.name"] = definition.Split(':')[0],
                ["kismet.datasource.running"] = 1,
                ["kismet.datasource.paused"] = 0,
                ["kismet.datasource.error"] = 0,
                ["kismet.datasource.hopping"] = 1,
                ["kismet.datasource.hop_rate"] = 5.0,
                ["kismet.datasource.channel"] = "",
                ["kismet.datasource.channels"] = new JsonArray("1", "6", "6HT40+", "11"),
                ["kismet.datasource.hop_channels"] = new JsonArray("1", "6", "11"),
                ["kismet.datasource.num_packets"] = 0,
                ["kismet.datasource.type_driver"] = new JsonObject { ["kismet.datasource.driver.type"] = "linuxwifi", ["kismet.datasource.driver.tuning_capable"] = 1 },
            };
            Sources.Add(made);
            return WebReply.Json(made.ToJsonString());
        }

        if (parts.Length == 5 && parts[1] == "datasource" && parts[2] == "by-uuid")
        {
            return Sources.Find(s => Text(s, "kismet.datasource.uuid") == parts[3]) is { } source ? KismetWebSource.Answer(source, parts[4], wish!) : WebReply.Error("no such datasource");
        }

        return path == "/alerts/raise_alerts.cmd" ? WebReply.Json("{\"status\": \"raised\",\"count\": 1,\"tags\": [\"a\",\"b\"]}")
            : path == "/auth/apikey/generate.cmd" ? WebReply.Json("0123456789ABCDEF0123456789ABCDEF")
            : WebReply.Html(404);
    }

    private WebReply Bus()
    {
        if (!HasBus)
        {
            return WebReply.Html(404);
        }

        return new WebReply
        {
            Socket = async (socket, stop) =>
            {
                int number = Interlocked.Increment(ref _listenerNumber);
                KismetWebListener listener = new(socket);
                _listeners[number] = listener;
                try
                {
                    await listener.RunAsync(stop);
                }
                finally
                {
                    _listeners.TryRemove(number, out _);
                }
            },
        };
    }
}
