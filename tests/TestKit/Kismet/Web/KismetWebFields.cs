#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace KismetPS.TestKit.Web;

/// <summary>
/// Picks fields out of records as the server does: one that the record has not is the number 0; one that no record can have comes under one long name, as often as it
/// was asked for.
/// </summary>
public static class KismetWebFields
{
    /// <summary>A record with some of its fields.</summary>
    public static string Pick(JsonObject record, JsonArray fields, HashSet<string> registered)
    {
        StringBuilder text = new("{");
        foreach (JsonNode? field in fields)
        {
            string path = field is JsonArray pair ? pair[0]!.GetValue<string>() : field!.GetValue<string>();
            string name = field is JsonArray alias ? alias[1]!.GetValue<string>() : path.Split('/')[^1];
            JsonNode? at = record;
            foreach (string step in path.Split('/'))
            {
                at = at is JsonObject inner && inner.TryGetPropertyValue(step, out JsonNode? next) ? next : null;
            }

            bool known = registered.Count == 0 || path.Split('/').All(registered.Contains);
            text.Append(text.Length == 1 ? "" : ",").Append('"').Append(known ? name : "field.unknown.not.registered").Append("\": ").Append(at?.ToJsonString() ?? "0");
        }

        return text.Append('}').ToString();
    }
}
