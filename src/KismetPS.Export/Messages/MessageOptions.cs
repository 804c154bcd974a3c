namespace KismetPS.Export.Messages;

/// <summary>What messages contain and who they say they are from.</summary>
internal sealed record MessageOptions
{
    /// <summary>
    /// Fields in order, by the name of the property or the name in messages, in any case (<see cref="MessageEncoders.FieldNames"/>); null: those
    /// of the format.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Name of this machine, for Syslog, Cef and Gelf.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Name of the program, for Syslog and Cef.</summary>
    public string AppName { get; init; } = "KismetPS";

    /// <summary>Syslog facility, 0 to 23; 16 is local0.</summary>
    public int Facility { get; init; } = 16;

    /// <summary>
    /// Longest message, bytes; a longer one loses fields, the least important (of <see cref="Fields"/>, the last) first. Null: the default of
    /// the format, 1,023 for Json, Csv and Simple, since common receivers read 1,024; 2,048 for Syslog and Cef (RFC 5424 6.1); none for Gelf,
    /// which has chunks. 0: no limit. Not below 512.
    /// </summary>
    public int? MaxBytes { get; init; }
}
