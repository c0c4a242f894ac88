/** Code of a site, as cases, presence logs and orders name it: 32 small Latin letters, digits and hyphens at most. */
export const SITE_CODE = /^[a-z0-9][a-z0-9-]{0,31}$/;
