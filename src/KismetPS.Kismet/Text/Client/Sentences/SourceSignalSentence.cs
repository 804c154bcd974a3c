using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>BSSIDSRC and CLISRC of newcore: how one source hears a network or a client.</summary>
internal static class SourceSignalSentence
{
    /// <summary>Takes a signal; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields, bool ofClient)
    {
        if (!fields.TryReadAddress(world, TextField.Bssid, out MacAddress mac) || (ofClient && !fields.TryReadAddress(world, TextField.Mac, out mac)))
        {
            return false;
        }

        SourceSignal signal = new() { OfClient = ofClient };
        while (fields.TryRead(out TextField field, out Word word))
        {
            fields.Check(signal.TrySet(field, word));
        }

        if (!fields.IsWhole(world) || world.Device(mac) is not { } device)
        {
            // One that is not known will be told with what is known of it.
            return false;
        }

        device.SetSource(signal);
        world.Changed(device);
        return true;
    }
}
