using System.Globalization;
using KismetPS.Capture;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Sessions;

/// <summary>What -Session takes: a session, the job over one, its number, or its name with wildcards. PowerShell converts through the constructors.</summary>
public sealed class KismetSessionReference
{
    private readonly KismetSession? _session;
    private readonly int? _id;
    private readonly string? _name;

    /// <summary>Refers to a session, also to one of another runspace or one that has ended.</summary>
    public KismetSessionReference(KismetSession session) => _session = session ?? throw new ArgumentNullException(nameof(session));

    /// <summary>Refers to the session behind a job of -AsJob.</summary>
    public KismetSessionReference(KismetJob job)
        : this((job ?? throw new ArgumentNullException(nameof(job))).Session)
    {
    }

    /// <summary>Refers to a session of this runspace by its number.</summary>
    public KismetSessionReference(int id) => _id = id;

    /// <summary>Refers to sessions of this runspace by name, wildcards allowed; a number is taken as the number of a session where no session has that name.</summary>
    public KismetSessionReference(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
        _id = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
    }

    /// <summary>Whether it is a name with wildcards, which may find none.</summary>
    internal bool IsPattern => Wildcards.IsPattern(_name);

    /// <summary>Name or number as given.</summary>
    public override string ToString() => _session?.ToString() ?? _name ?? _id?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The sessions meant. A reference that is no pattern and finds none fails with <see cref="KismetErrorId.SessionNotFound"/>.</summary>
    internal IReadOnlyList<KismetSession> Resolve(SessionTable table)
    {
        if (_session is not null)
        {
            return [_session];
        }

        List<KismetSession> found = [];
        if (_name is not null)
        {
            found = SessionSearch.ByName(table, _name);
        }

        if (found.Count == 0 && _id is int id)
        {
            found = SessionSearch.ById(table, id);
        }

        return found.Count > 0 || IsPattern ? found : throw SessionSearch.NotFound(ToString());
    }
}
