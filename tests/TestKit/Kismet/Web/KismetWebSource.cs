#nullable enable

using System;
using System.Text.Json.Nodes;

namespace KismetPS.TestKit.Web;

/// <summary>A capture source of a <see cref="KismetWeb"/>: what the server does to its record at a command, and what it answers.</summary>
internal static class KismetWebSource
{
    /// <summary>Does what a command wants of a source, or says why not.</summary>
    public static WebReply Answer(JsonObject source, string command, JsonNode wish)
    {
        JsonNode? driver = source["kismet.datasource.type_driver"];
        bool tunable = driver?["kismet.datasource.driver.tuning_capable"] is { } can && KismetWeb.Number(can) == 1;
        string state = command is "pause_source.cmd" or "resume_source.cmd" ? "paused" : "running";
        int wanted = command is "pause_source.cmd" or "open_source.cmd" ? 1 : 0;
        switch (command)
        {
            case "set_channel.cmd" or "set_hop.cmd" when !tunable:
                return WebReply.Json("{}", 500);
            case "set_channel.cmd" when wish["channel"] is { } channel:
                source["kismet.datasource.channel"] = channel.DeepClone();
                source["kismet.datasource.hopping"] = 0;
                return WebReply.Json(source.ToJsonString());
            case "set_channel.cmd" or "set_hop.cmd":
                source["kismet.datasource.hopping"] = 1;
                source["kismet.datasource.channel"] = "";
                source["kismet.datasource.hop_rate"] = wish["rate"]?.DeepClone() ?? source["kismet.datasource.hop_rate"]?.DeepClone();
                source["kismet.datasource.hop_channels"] = wish["channels"]?.DeepClone() ?? source["kismet.datasource.hop_channels"]?.DeepClone();
                return WebReply.Json(source.ToJsonString());
            case "pause_source.cmd" or "resume_source.cmd" or "open_source.cmd" or "close_source.cmd" or "disable_source.cmd":
                if ((int)KismetWeb.Number(source["kismet.datasource." + state]) == wanted)
                {
                    return WebReply.Error(state == "paused" ? wanted == 1 ? "Source already paused" : "Source already running" : wanted == 1 ? "Source already open" : "Source already closed");
                }

                source["kismet.datasource." + state] = wanted;
                return WebReply.Json(source.ToJsonString());
            default:
                return WebReply.Html(404);
        }
    }
}
