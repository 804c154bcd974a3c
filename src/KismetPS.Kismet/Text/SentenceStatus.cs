namespace KismetPS.Kismet.Text;

/// <summary>Whether a line is a sentence, and if not, why.</summary>
internal enum SentenceStatus
{
    Ok = 0,

    /// <summary>Nothing on the line.</summary>
    Empty,

    /// <summary>It does not start with an asterisk.</summary>
    NoAsterisk,

    /// <summary>No colon behind the name.</summary>
    NoColon,

    /// <summary>The name is empty, longer than 16 characters or holds something other than letters, digits, '_' and '-'.</summary>
    BadName,
}
