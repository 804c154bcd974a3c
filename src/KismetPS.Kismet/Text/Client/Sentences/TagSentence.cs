using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>NETTAG and CLITAG of newcore: a name and a value put on a network or on a client.</summary>
internal static class TagSentence
{
    /// <summary>Takes a tag; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields, bool ofClient)
    {
        if (!fields.TryReadAddress(world, TextField.Bssid, out MacAddress mac) || (ofClient && !fields.TryReadAddress(world, TextField.Mac, out mac)))
        {
            return false;
        }

        ReadOnlySpan<byte> tag = [];
        ReadOnlySpan<byte> value = [];
        while (fields.TryRead(out TextField field, out Word word))
        {
            tag = field == TextField.Tag ? word.Value : tag;
            value = field == TextField.Value ? word.Value : value;
        }

        if (!fields.IsWhole(world) || world.Device(mac) is not { } device)
        {
            return false;
        }

        TagFacts tags = (ofClient ? device.Tags : device.Bss?.Tags) ?? new TagFacts();
        if (!tags.TryTake(tag, value))
        {
            return true;
        }

        if (ofClient)
        {
            device.Tags = tags;
        }
        else if (device.Bss is { } bss)
        {
            bss.Tags = tags;
            world.ChangedClients(device);
        }

        world.Changed(device);
        return true;
    }
}
