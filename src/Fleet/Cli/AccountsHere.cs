using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Cli;

/// <summary>Whether an account is signed in, as far as a person's own shell can see.</summary>
/// <param name="Trouble">Why it cannot be used; none when nothing speaks against it.</param>
internal sealed record SeenAccount(AccountId Id, string Directory, SignedIn SignedIn, string? Trouble);

/// <summary>The accounts of coders as files and variables show them: nobody is called.</summary>
internal static class AccountsHere
{
    /// <summary>Those that settings name for a coder, else its only one.</summary>
    public static ImmutableArray<SeenAccount> Of(Call call, HomeSettings settings, string coder) =>
        [
            .. settings
                .Accounts.Where(account => account.Coder == coder)
                .Select(account => (AccountSettings?)account)
                .DefaultIfEmpty(null)
                .Select(account => Of(call, new AccountId(coder, account?.Name ?? Account.Default), account)),
        ];

    /// <summary>A variable that is missing here may be there for the daemon.</summary>
    public static SeenAccount Of(Call call, AccountId id, AccountSettings? settings)
    {
        var here = settings?.Env.Where(words => call.Variable(words[(words.IndexOf('=') + 1)..]) is not null) ?? [];
        ImmutableArray<string> present = [.. here];
        var seen = CoderAccount.Of(
            call.Home,
            id,
            settings is null ? null : settings with { Env = present },
            call.Variable
        );
        var hidden = seen.Trouble is null && present.Length < (settings?.Env.Length ?? 0);
        var signedIn = hidden && seen.SignedIn is SignedIn.No ? SignedIn.Unknown : seen.SignedIn;
        return new SeenAccount(id, seen.Directory, signedIn, seen.Trouble);
    }

    public static string Words(SignedIn signedIn) =>
        signedIn switch
        {
            SignedIn.Yes => "signed in",
            SignedIn.No => "not signed in",
            SignedIn.Unknown => "unknown",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
