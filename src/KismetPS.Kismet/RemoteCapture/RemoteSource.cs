using KismetPS.Kismet.Drones;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>The capture source we are to a server.</summary>
internal sealed record RemoteSource
{
    /// <summary>The type that is never asked to set a channel. A server takes only types it has a driver for, and has none for frames of others.</summary>
    public const string DefaultType = "pcapfile";

    private const int MaxName = 64;

    /// <summary>Name shown to users of the server.</summary>
    public required string Name { get; init; }

    /// <summary>Type, one of those the server was built with.</summary>
    public string Type { get; init; } = DefaultType;

    /// <summary>What a server knows the source again by. Two sources with the same one throw each other out.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>What the server shows as hardware.</summary>
    public string Hardware { get; init; } = "KismetPS";

    /// <summary>Release shown by the server.</summary>
    public string Version { get; init; } = "0";

    /// <summary>Interface and options in the form of a source line: interface:name=value,name=value.</summary>
    public string Definition => $"kismetps:name={Plain(Name)},type={Plain(Type)}";

    /// <summary>The identity of a source that was given none: the same each time a source of that name is started on this machine.</summary>
    public static Guid UuidOf(string name) => DroneEncoder.IdOf("remote capture", name);

    /// <summary>Text that cannot end its option or begin another: a source line has quotes, and no way to write one inside a value.</summary>
    internal static string Plain(string text)
    {
        string cut = text.Length > MaxName ? text[..MaxName] : text;
        return string.Create(cut.Length, cut, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[i] is ',' or '=' or ':' or '"' or '\\' or ' ' || char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '_' : from[i];
            }
        });
    }
}
