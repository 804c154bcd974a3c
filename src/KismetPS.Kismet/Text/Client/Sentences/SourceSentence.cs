namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>SOURCE of newcore and CARD of stable: a capture source of the server.</summary>
internal static class SourceSentence
{
    private const int MaxKey = 64;

    /// <summary>Takes a source; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields, DateTimeOffset now)
    {
        SourceFacts facts = new() { Told = now };
        ReadOnlySpan<byte> key = [];
        while (true)
        {
            // The UUID is asked for once more behind the name, which may hold blanks.
            if (fields.TryReadUpToKey(TextField.Username, TextField.Uuid, key, out ReadOnlySpan<byte> name))
            {
                facts.Name = UserText.Plain(name);
            }
            else if (!fields.TryRead(out TextField field, out Word word))
            {
                break;
            }
            else if (field is TextField.Uuid or TextField.Id)
            {
                key = word.Value;
            }
            else
            {
                fields.Check(facts.TrySet(field, word));
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        if (key.IsEmpty || key.Length > MaxKey)
        {
            world.Drop(TextDropReason.BadKey);
            return false;
        }

        if (!world.Server.TakeSource(UserText.Plain(key), facts))
        {
            world.Drop(TextDropReason.TooMany);
            return false;
        }

        return true;
    }
}
