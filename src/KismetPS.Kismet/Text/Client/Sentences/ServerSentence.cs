using KismetPS.Kismet.Text.Values;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>What tells of the server itself: INFO, GPS, BATTERY, TIME, CHANNEL, and its words for people.</summary>
internal static class ServerSentence
{
    /// <summary>Takes INFO, GPS or BATTERY; false when it came to nothing.</summary>
    public static bool TakeTotals(TextWorld world, scoped ref FieldReader fields)
    {
        ServerTotals totals = world.Server.Totals;
        while (fields.TryRead(out TextField field, out Word word))
        {
            fields.Check(totals.TrySet(field, word));
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        world.Server.Totals = totals;
        return true;
    }

    /// <summary>Takes the server's time; false when it is none.</summary>
    public static bool TakeTime(TextWorld world, scoped ref FieldReader fields)
    {
        if (!fields.TryRead(out _, out Word word) || !word.TryGetInt64(out long seconds) || UserText.Time(seconds) is not { } time)
        {
            world.Drop(TextDropReason.BadValue);
            return false;
        }

        world.Server.Time = time;
        return true;
    }

    /// <summary>Takes STATUS or CRITFAIL; false when it came to nothing.</summary>
    public static bool TakeMessage(TextWorld world, scoped ref FieldReader fields, bool isFailure, DateTimeOffset now)
    {
        ReadOnlySpan<byte> text = [];
        long flags = 0;
        while (fields.TryRead(out TextField field, out Word word))
        {
            if (field is TextField.Text or TextField.Message)
            {
                text = word.Value;
            }
            else if (field == TextField.Flags)
            {
                word.TryCount(ref flags);
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        world.Server.AddMessage(new KismetServerMessage
        {
            Time = now,
            Text = UserText.Of(text),
            IsError = isFailure || ((MessageFlags)flags & (MessageFlags.Error | MessageFlags.Fatal)) != 0,
        });
        return true;
    }

    /// <summary>Takes the use of a channel; false when it came to nothing.</summary>
    public static bool TakeChannel(TextWorld world, scoped ref FieldReader fields)
    {
        ChannelFacts facts = default;
        while (fields.TryRead(out TextField field, out Word word))
        {
            fields.Check(facts.TrySet(field, word));
        }

        if (!fields.IsWhole(world) || facts.Channel == 0)
        {
            return false;
        }

        if (!world.Server.TakeChannel(facts))
        {
            world.Drop(TextDropReason.TooMany);
            return false;
        }

        return true;
    }
}
