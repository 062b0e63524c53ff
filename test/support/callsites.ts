/** In place of the package with which n8n's logger asks where each line comes from, even if it writes none. */
export default () => [];
